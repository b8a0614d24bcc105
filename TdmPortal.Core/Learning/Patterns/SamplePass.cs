using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>Draws some rows of an entity, the same ones every time, and sees which whole numbers count up row by row.</summary>
internal sealed class SamplePass : RowPass
{
    /// <summary>Rows that are kept.</summary>
    public const int Most = 5000;

    private const int LongestText = 300;
    private const ulong Seed = 0x1EA2_11ED_5A3B_1E07;

    private readonly SourceEntity entity;
    private List<SampledRow> rows = [];

    public SamplePass(SourceEntity entity)
    {
        this.entity = entity;
        Columns = [.. Enumerable.Range(0, entity.Columns.Count)];
        Counting = [.. Columns.Select(_ => new Steps())];
    }

    public override IReadOnlyList<int> Columns { get; }

    /// <summary>By column: how its whole numbers go from row to row.</summary>
    public Steps[] Counting { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<SampledRow> Rows => rows = [.. rows.OrderBy(row => row.Number)];

    public override SegmentPass Begin() => new Segment(entity);

    public override void Take(SegmentPass segment)
    {
        var next = (Segment)segment;
        rows.AddRange(next.Rows);
        rows = Fewest(rows);
        for (var column = 0; column < Counting.Length; column++)
            Counting[column].Append(next.Counting[column]);
    }

    private static List<SampledRow> Fewest(List<SampledRow> rows) => rows.Count <= Most ? rows : [.. rows.OrderBy(row => row.Draw).Take(Most)];

    private sealed class Segment(SourceEntity entity) : SegmentPass
    {
        private ulong bound = ulong.MaxValue;

        public List<SampledRow> Rows { get; private set; } = [];

        public Steps[] Counting { get; } = [.. entity.Columns.Select(_ => new Steps())];

        public override void Add(long firstRow, IReadOnlyList<Column?> batch, int count)
        {
            for (var row = 0; row < count; row++)
            {
                var draw = Randomness.Cell(Seed, firstRow + row);
                if (draw > bound)
                    continue;
                Rows.Add(Read(draw, firstRow + row, batch, row));
                if (Rows.Count < 2 * Most)
                    continue;
                Rows = Fewest(Rows);
                bound = Rows[^1].Draw;
            }

            for (var column = 0; column < Counting.Length; column++)
            {
                if (batch[column] is LongColumn whole && entity.Columns[column].Type == FieldType.Integer)
                    Counting[column].Add(whole, count);
                else
                    Counting[column].Break();
            }
        }

        private SampledRow Read(ulong draw, long number, IReadOnlyList<Column?> batch, int row)
        {
            var (numbers, texts) = (new double[batch.Count], new string?[batch.Count]);
            for (var column = 0; column < batch.Count; column++)
            {
                numbers[column] = double.NaN;
                var description = entity.Columns[column];
                if (batch[column]!.IsNull(row))
                    continue;
                if (NumberUnit.Is(description) || (description.Type == FieldType.Boolean && !description.IsArray))
                    numbers[column] = batch[column] switch
                    {
                        LongColumn whole => whole.Values[row],
                        WideColumn wide => (double)wide.Values[row],
                        _ => ((DoubleColumn)batch[column]!).Values[row],
                    } / NumberUnit.PerUnit(description);
                else if (batch[column] is TextColumn text)
                    texts[column] = Encoding.UTF8.GetString(text[row][..Math.Min(text[row].Length, LongestText)]);
                else
                    texts[column] = Formats.CellText.Of(batch[column]!, row, description);
            }

            return new(draw, number, numbers, texts);
        }
    }

    /// <summary>Whether numbers go up by the same step from row to row.</summary>
    internal sealed class Steps
    {
        private bool begun;
        private bool broken;
        private long last;
        private long? step;

        public long First { get; private set; }

        /// <summary>The step; null: there is none.</summary>
        public long? Step => broken || !begun ? null : step;

        public void Break() => broken = true;

        public void Add(LongColumn column, int count)
        {
            for (var row = 0; row < count && !broken; row++)
            {
                if (column.IsNull(row))
                    broken = true;
                else
                    Add(column.Values[row]);
            }
        }

        public void Append(Steps next)
        {
            if (next is { begun: false, broken: false })
                return;
            if (next.broken)
            {
                broken = true;
                return;
            }

            Add(next.First);
            if (next.step is { } nextStep && (step ??= nextStep) != nextStep)
                broken = true;
            last = next.last;
        }

        private void Add(long value)
        {
            if (!begun)
                (begun, First) = (true, value);
            else if (value <= last || (step ??= value - last) != value - last)
                broken = true;
            last = value;
        }
    }
}
