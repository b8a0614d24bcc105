using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Tests.Quality;

/// <summary>Another source's rows with some cells changed.</summary>
/// <param name="column">The only column that is changed; null: any may be.</param>
/// <param name="faults">What stands in a cell now (null: nothing), by entity, column, row; asked with what stands there as text.</param>
internal sealed class FaultySource(RowSource inner, Func<string, string, long, string?, string?> faults, string? column = null) : RowSource
{
    public override IReadOnlyList<SourceEntity> Entities => inner.Entities;

    public override bool ReadsRanges => inner.ReadsRanges;

    public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation) =>
        new Reader(inner.Open(entity, columns, firstRow, rows, cancellation), entity.Name, [.. columns.Select(place => entity.Columns[place])], firstRow, faults, column);

    private sealed class Reader(RowReader inner, string entity, ColumnDescription[] columns, long firstRow, Func<string, string, long, string?, string?> faults, string? only) : RowReader
    {
        private readonly Column[] own = [.. columns.Select(column => Column.For(column.Type, column.Precision, column.IsArray))];
        private long next = firstRow;

        private readonly Column[] batch = new Column[columns.Length];

        public override IReadOnlyList<Column> Batch => batch;

        public override int Read(int most)
        {
            var count = inner.Read(most);
            for (var c = 0; c < batch.Length; c++)
            {
                batch[c] = only is null || columns[c].Name == only ? own[c] : inner.Batch[c];
                if (batch[c] != own[c])
                    continue;
                batch[c].Reset(count);
                for (var row = 0; row < count; row++)
                {
                    var before = CellText.Of(inner.Batch[c], row, columns[c]);
                    var after = faults(entity, columns[c].Name, next + row, before);
                    if (after == before)
                        batch[c].Take(row, inner.Batch[c], row);
                    else
                        Set(batch[c], row, columns[c], after);
                }
            }

            next += count;
            return count;
        }

        public override void Dispose() => inner.Dispose();

        private static void Set(Column column, int row, ColumnDescription description, string? text)
        {
            if (column is TextColumn texts)
            {
                if (text is null)
                    texts.AddNull();
                else
                    texts.Add(Encoding.UTF8.GetBytes(text));
            }
            else if (text is null)
            {
                column.SetNull(row);
            }
            else if (!TypedText.TrySet(column, row, Encoding.UTF8.GetBytes(text), description.Type, description.Precision, description.Scale))
            {
                throw new ArgumentException($"{text} is no {description.Type}", nameof(text));
            }
        }
    }
}
