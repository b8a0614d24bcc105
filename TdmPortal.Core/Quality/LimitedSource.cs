using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality;

/// <summary>The first rows of each entity of a source: a sample to try something on.</summary>
/// <param name="inner">The source.</param>
/// <param name="most">Rows of an entity.</param>
public sealed class LimitedSource(RowSource inner, long most) : RowSource
{
    /// <inheritdoc/>
    public override IReadOnlyList<SourceEntity> Entities { get; } = [.. inner.Entities.Select(entity => entity with { Rows = entity.Rows is { } all ? Math.Min(all, most) : null })];

    /// <inheritdoc/>
    public override UnreadCells? UnreadOf(SourceEntity entity, int column) => inner.UnreadOf(Inner(entity), column);

    /// <inheritdoc/>
    public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation)
    {
        var wanted = Math.Min(rows ?? most, most - firstRow);
        return new Reader(inner.Open(Inner(entity), columns, firstRow, wanted, cancellation), wanted);
    }

    private SourceEntity Inner(SourceEntity entity) => inner.Entities.First(one => one.Name == entity.Name);

    // Sources that read no ranges may give more than they are asked for.
    private sealed class Reader(RowReader inner, long rows) : RowReader
    {
        private long left = rows;

        public override IReadOnlyList<Column> Batch => inner.Batch;

        public override int Read(int most)
        {
            var read = left <= 0 ? 0 : inner.Read((int)Math.Min(most, left));
            left -= read;
            return read;
        }

        public override void Dispose() => inner.Dispose();
    }
}
