using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>Looks once at an entity's rows and says what is in each column.</summary>
public sealed class ProfilePass : RowPass
{
    private readonly SourceEntity entity;
    private readonly QualityLevel level;
    private Segment? whole;
    private readonly Stack<Segment> free = [];
    private EntityProfile? profile;

    internal ProfilePass(SourceEntity entity, QualityLevel level)
    {
        (this.entity, this.level) = (entity, level);
        Columns = [.. Enumerable.Range(0, entity.Columns.Count)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Columns { get; }

    /// <summary>What was found out; once all rows were looked at.</summary>
    public EntityProfile Profile => profile ?? Finish();

    /// <inheritdoc/>
    public override SegmentPass Begin()
    {
        lock (free)
            return free.TryPop(out var used) ? used : NewSegment();
    }

    /// <inheritdoc/>
    public override void Take(SegmentPass segment)
    {
        var next = (Segment)segment;
        Whole().Merge(next);
        next.Forget();
        lock (free)
            free.Push(next);
        if (whole!.Rows == entity.Rows)
            Finish();
    }

    private Segment Whole()
    {
        if (whole is not null)
            return whole;
        whole = NewSegment();
        whole.Clear(0);
        return whole;
    }

    /// <summary>Works out the figures and lets go of what they were made of.</summary>
    private EntityProfile Finish()
    {
        var all = Whole();
        profile = new(entity.Name, level, all.Rows, [.. all.Columns.Select((column, place) => column.Describe(entity.Columns[place]))], all.Sample);
        whole = null;
        free.Clear();
        return profile;
    }

    private Segment NewSegment() => new([.. entity.Columns.Select(TallyOf)], level == QualityLevel.Premium ? new RowSample(entity.Columns) : null);

    private ColumnTally TallyOf(ColumnDescription column) => level == QualityLevel.Basic ? new ColumnTally()
        : column.IsArray ? new ArrayTally()
        : column.Type is Schemas.FieldType.String or Schemas.FieldType.Json ? new TextTally()
        : new NumberTally(column);

    private sealed class Segment(ColumnTally[] columns, RowSample? sample) : SegmentPass
    {
        private bool begun;

        public IReadOnlyList<ColumnTally> Columns => columns;

        public RowSample? Sample => sample;

        public long Rows { get; private set; }

        public override void Add(long firstRow, IReadOnlyList<Column?> batch, int count)
        {
            if (!begun)
                Clear((ulong)firstRow + 1);
            Rows += count;
            for (var place = 0; place < columns.Length; place++)
                columns[place].Add(batch[place]!, count);
            sample?.Add(firstRow, batch, count);
        }

        public void Clear(ulong seed)
        {
            (Rows, begun) = (0, true);
            foreach (var column in columns)
                column.Clear(seed);
            sample?.Clear();
        }

        public void Merge(Segment next)
        {
            Rows += next.Rows;
            if (!next.begun)
                return;
            for (var place = 0; place < columns.Length; place++)
                columns[place].Merge(next.Columns[place]);
            sample?.Merge(next.Sample!);
        }

        public void Forget() => (Rows, begun) = (0, false);
    }
}
