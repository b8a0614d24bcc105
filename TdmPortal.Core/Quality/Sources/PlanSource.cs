using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Sources;

/// <summary>The rows that a plan makes, without storing them.</summary>
public sealed class PlanSource(GenerationPlan plan) : RowSource
{
    /// <inheritdoc/>
    public override IReadOnlyList<SourceEntity> Entities { get; } = [.. plan.Document.Entities.Select(entity => plan.Entity(entity.Name)).Select(Describe)];

    /// <inheritdoc/>
    public override bool ReadsRanges => true;

    /// <summary>An entity of a plan as a source has it.</summary>
    public static SourceEntity Describe(EntityPlan entity) => new(entity.Name, entity.Columns, entity.Rows);

    /// <inheritdoc/>
    public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation)
    {
        var found = plan.Entity(entity.Name);
        return new Reader(plan, found, columns, firstRow, Math.Min(found.Rows, firstRow + (rows ?? found.Rows)));
    }

    private sealed class Reader(GenerationPlan plan, EntityPlan entity, IReadOnlyList<int> columns, long firstRow, long end) : RowReader
    {
        private readonly Workspace workspace = plan.RentWorkspace();
        private readonly Column[] batch = new Column[columns.Count];
        private Frame? frame;
        private long[] numbers = [];
        private long next = firstRow;

        public override IReadOnlyList<Column> Batch => batch;

        public override int Read(int most)
        {
            Release();
            var count = (int)Math.Max(0, Math.Min(most, end - next));
            if (numbers.Length < count)
                numbers = new long[count];
            for (var i = 0; i < count; i++)
                numbers[i] = next + i;
            next += count;
            if (count == 0)
                return 0;
            frame = workspace.Rent(entity.Node, numbers.AsSpan(0, count));
            for (var place = 0; place < batch.Length; place++)
                batch[place] = frame.Get(columns[place]);
            return count;
        }

        public override void Dispose()
        {
            Release();
            plan.Return(workspace);
        }

        private void Release()
        {
            if (frame is not null)
                workspace.Return(frame);
            frame = null;
            workspace.Release(default);
        }
    }
}
