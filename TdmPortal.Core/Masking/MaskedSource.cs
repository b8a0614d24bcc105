using TdmPortal.Core.Masking.Plans;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking;

/// <summary>
/// The rows of a source, masked by a plan while they are read: nothing is stored, memory does not grow with rows, and what comes out
/// does not depend on threads, batches or order. <see cref="Prepare"/> comes first.
/// </summary>
/// <param name="threads">Masking side by side where all rows are read by one reader; ranges are masked by whoever reads them.</param>
public sealed class MaskedSource(RowSource original, MaskPlan plan, int threads = 1) : RowSource
{
    private bool prepared = !plan.NeedsPreparation;

    /// <inheritdoc/>
    public override IReadOnlyList<SourceEntity> Entities => original.Entities;

    /// <inheritdoc/>
    public override bool ReadsRanges => original.ReadsRanges;

    /// <summary>
    /// The masked rows with their originals beside them: each entity has its columns twice, masked ones first. For passes that compare
    /// (the proof); never to be stored or shown.
    /// </summary>
    public RowSource Beside => field ??= new BesideSource(this);

    /// <summary>Lets maskers that must (shuffle, rank, noise with its mean kept) look at all rows. Blocks; once, before the first row is read.</summary>
    /// <param name="progress">Called now and then with the number of rows that came since the last call; by several threads.</param>
    public void Prepare(Action<long>? progress = null, CancellationToken cancellation = default)
    {
        if (prepared)
            return;
        foreach (var entity in original.Entities)
        {
            if (plan.Of(entity.Name) is { Preparations: { Count: > 0 } passes })
                RowPasses.Run(original, entity, passes, threads, progress, cancellation);
        }

        prepared = true;
    }

    /// <inheritdoc/>
    public override UnreadCells? UnreadOf(SourceEntity entity, int column) => original.UnreadOf(entity, column);

    /// <inheritdoc/>
    public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation) =>
        Open(entity, [.. columns.Select(place => (place, true))], firstRow, rows, cancellation);

    private RowReader Open(SourceEntity entity, IReadOnlyList<(int Place, bool Masked)> columns, long firstRow, long? rows, CancellationToken cancellation)
    {
        if (!prepared)
            throw new InvalidOperationException("the maskers have not seen all rows yet: call Prepare first");
        if (plan.Of(entity.Name) is not { } mask)
            return original.Open(entity, [.. columns.Select(column => column.Place)], firstRow, rows, cancellation);
        var work = Work();
        if (threads <= 1 || firstRow > 0 || rows is not null || !columns.Any(column => column.Masked && mask[column.Place] is not null))
            return new MaskedReader(original.Open(entity, work.Places, firstRow, rows, cancellation), work, columns);
        return new AheadReader(original.Open(entity, work.Places, firstRow, rows, cancellation), work, Work, columns, threads, cancellation);

        MaskWork Work() => new(entity.Name, mask, entity.Columns.Count, [.. columns.Where(column => column.Masked).Select(column => column.Place)], columns.Where(column => !column.Masked).Select(column => column.Place));
    }

    private sealed class BesideSource(MaskedSource source) : RowSource
    {
        public override IReadOnlyList<SourceEntity> Entities { get; } = [.. source.Entities.Select(entity => entity with { Columns = [.. entity.Columns, .. entity.Columns] })];

        public override bool ReadsRanges => source.ReadsRanges;

        public override UnreadCells? UnreadOf(SourceEntity entity, int column) => source.UnreadOf(Of(entity), column % Of(entity).Columns.Count);

        public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation)
        {
            var single = Of(entity);
            var width = single.Columns.Count;
            return source.Open(single, [.. columns.Select(place => (place % width, place < width))], firstRow, rows, cancellation);
        }

        private SourceEntity Of(SourceEntity entity) => source.Entities.First(one => one.Name == entity.Name);
    }
}
