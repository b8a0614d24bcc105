using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Masks batches of one entity. Used by one thread at a time.</summary>
internal sealed class MaskWork : IDisposable
{
    private readonly string entity;
    private readonly Step[] steps;
    private readonly Column?[] originals;
    private readonly Column?[] masked;

    /// <param name="width">Columns of the entity.</param>
    /// <param name="wanted">Places of the columns whose masked values are wanted.</param>
    /// <param name="unmasked">Places of the columns whose originals are wanted too.</param>
    public MaskWork(string entity, EntityMask mask, int width, IReadOnlyList<int> wanted, IEnumerable<int> unmasked)
    {
        this.entity = entity;
        (originals, masked) = (new Column?[width], new Column?[width]);
        var needed = mask.Needed(wanted);
        Places = [.. needed.SelectMany(mask.Originals).Concat(wanted.Where(place => mask[place] is null)).Concat(unmasked).Distinct().Order()];
        steps = [.. needed.Select(column => new Step(column))];
        foreach (var column in needed)
            masked[column.Place] = Column.For(column.Column.Type, column.Column.Precision, column.Column.IsArray);
    }

    /// <summary>Places of the originals that are read.</summary>
    public IReadOnlyList<int> Places { get; }

    /// <summary>Masks a batch.</summary>
    /// <param name="batch">One column for each of <see cref="Places"/>.</param>
    public void Run(IReadOnlyList<Column> batch, int count)
    {
        for (var at = 0; at < Places.Count; at++)
            originals[Places[at]] = batch[at];
        foreach (var step in steps)
        {
            try
            {
                Run(step, count);
            }
            catch (Exception failure) when (failure is not (OperationCanceledException or PortalException))
            {
                // What a masker says may hold the value that it failed at, so only the kind of failure is told.
                throw new PortalException("masking.failed", $"{entity}.{step.Mask.Column.Name} could not be masked: {step.Mask.Masker.GetType().Name} failed ({failure.GetType().Name}). No row of this batch was given on.");
            }
        }
    }

    /// <summary>The values of a column after masking: masked, or its own where it stays.</summary>
    public Column Masked(int place) => masked[place] ?? originals[place]!;

    /// <summary>The originals of a column.</summary>
    public Column Original(int place) => originals[place]!;

    public void Dispose()
    {
        foreach (var column in masked)
            column?.Dispose();
        foreach (var step in steps)
            step.Dispose();
    }

    private void Run(Step step, int count)
    {
        var (mask, source, target) = (step.Mask, originals[step.Mask.Place]!, masked[step.Mask.Place]!);
        var kept = step.Kept.Of(originals, count);
        for (var at = 0; at < mask.Companions.Count; at++)
        {
            var companion = mask.Companions[at];
            step.Batch.Companions[at] = companion.Masked ? Masked(companion.Column) : Original(companion.Column);
        }

        if (source is not ArrayColumn arrays)
        {
            step.Batch.Load(count, kept);
            mask.Masker.Mask(step.Batch, source, target);
            return;
        }

        var to = (ArrayColumn)target;
        to.Reset(count);
        arrays.Offsets[..(count + 1)].CopyTo(to.Offsets);
        for (var row = 0; row < count; row++)
        {
            if (arrays.IsNull(row))
                to.SetNull(row);
        }

        step.Spread(arrays, count);
        step.Batch.Load(arrays.Offsets[count], step.Kept.OfElements(arrays, kept, count));
        mask.Masker.Mask(step.Batch, arrays.Elements, to.Elements);
    }

    /// <summary>One column, with what is used again and again for it.</summary>
    private sealed class Step : IDisposable
    {
        private readonly Column?[] spread;
        private int[] rows = [];

        public Step(ColumnMask mask)
        {
            Mask = mask;
            Kept = new(mask);
            Batch = new() { Companions = new Column[mask.Companions.Count] };
            spread = new Column?[mask.Companions.Count];
        }

        public ColumnMask Mask { get; }

        public KeptRows Kept { get; }

        public RowsOfBatch Batch { get; }

        /// <summary>Gives each element the companions of its row.</summary>
        public void Spread(ArrayColumn arrays, int count)
        {
            if (spread.Length == 0)
                return;
            var elements = arrays.Offsets[count];
            if (rows.Length < elements)
                rows = new int[Math.Max(elements, rows.Length * 2)];
            for (var row = 0; row < count; row++)
                rows.AsSpan(arrays.Offsets[row], arrays.Offsets[row + 1] - arrays.Offsets[row]).Fill(row);
            for (var at = 0; at < spread.Length; at++)
            {
                var own = spread[at] ??= ColumnCopy.Like(Batch.Companions[at]);
                own.Gather(Batch.Companions[at], rows.AsSpan(0, elements));
                Batch.Companions[at] = own;
            }
        }

        public void Dispose()
        {
            foreach (var column in spread)
                column?.Dispose();
        }
    }
}
