using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Subsets;

/// <summary>Only some rows of a source, in its order.</summary>
internal sealed class SubsetSource(RowSource source, IReadOnlyList<RowBits> rows) : RowSource
{
    public override IReadOnlyList<SourceEntity> Entities { get; } = [.. source.Entities.Select((entity, place) => entity with { Rows = rows[place].Count })];

    public override UnreadCells? UnreadOf(SourceEntity entity, int column) => source.UnreadOf(source.Entities[Place(entity)], column);

    public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? most, CancellationToken cancellation)
    {
        var place = Place(entity);
        return new Reader(source.Open(source.Entities[place], columns, 0, null, cancellation), [.. columns.Select(column => entity.Columns[column])], rows[place], Math.Min(most ?? long.MaxValue, rows[place].Count));
    }

    private int Place(SourceEntity entity)
    {
        for (var place = 0; place < Entities.Count; place++)
        {
            if (Entities[place].Name == entity.Name)
                return place;
        }

        throw new ArgumentException($"there is no entity {entity.Name}", nameof(entity));
    }

    private sealed class Reader(RowReader inner, IReadOnlyList<ColumnDescription> columns, RowBits wanted, long count) : RowReader
    {
        private const int BatchRows = 1024;

        private readonly Column[] batch = [.. columns.Select(column => Column.For(column.Type, column.Precision, column.IsArray))];
        private long given;
        private long next = wanted.Next(0);

        // Rows of the inner batch: the first one's number and how many there are.
        private (long First, int Count) held;

        public override IReadOnlyList<Column> Batch => batch;

        public override int Read(int most)
        {
            var size = (int)Math.Min(most, count - given);
            foreach (var column in batch)
                column.Reset(size);
            for (var row = 0; row < size; row++)
            {
                while (next >= held.First + held.Count)
                {
                    held = (held.First + held.Count, inner.Read(BatchRows));
                    if (held.Count == 0)
                        throw new InvalidOperationException("the source has fewer rows than before");
                }

                var from = (int)(next - held.First);
                for (var column = 0; column < batch.Length; column++)
                    batch[column].Take(row, inner.Batch[column], from);
                next = wanted.Next(next + 1);
            }

            given += size;
            return size;
        }

        public override void Dispose()
        {
            inner.Dispose();
            foreach (var column in batch)
                column.Dispose();
        }
    }
}
