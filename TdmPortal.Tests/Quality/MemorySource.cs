using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Tests.Quality;

/// <summary>Rows that a test wrote down: long, double, Int128, string, string[] or null a cell.</summary>
internal sealed class MemorySource : RowSource
{
    private readonly Dictionary<string, IReadOnlyList<object?[]>> rows = [];
    private readonly List<SourceEntity> entities = [];

    public override IReadOnlyList<SourceEntity> Entities => entities;

    public override bool ReadsRanges => true;

    /// <summary>One entity of one column.</summary>
    public static MemorySource Of(FieldType type, IEnumerable<object?> values) => new MemorySource().Add("t", [Column("c", type)], [.. values.Select(value => new[] { value })]);

    public static ColumnDescription Column(string name, FieldType type) => new(name, type, Nullable: true) { SqlType = "text" };

    public MemorySource Add(string entity, ColumnDescription[] columns, IReadOnlyList<object?[]> cells)
    {
        entities.Add(new(entity, columns, cells.Count));
        rows.Add(entity, cells);
        return this;
    }

    public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? count, CancellationToken cancellation) =>
        new Reader([.. rows[entity.Name].Skip((int)firstRow).Take((int)(count ?? int.MaxValue))], [.. columns.Select(place => (place, entity.Columns[place]))]);

    private sealed class Reader(List<object?[]> cells, List<(int Place, ColumnDescription Column)> columns) : RowReader
    {
        private readonly Column[] batch = [.. columns.Select(column => Core.Generation.Column.For(column.Column.Type, column.Column.Precision, column.Column.IsArray))];
        private int next;

        public override IReadOnlyList<Column> Batch => batch;

        public override int Read(int most)
        {
            var count = Math.Min(most, cells.Count - next);
            for (var at = 0; at < batch.Length; at++)
            {
                // As a reader of files does at its end: room for more rows than there are.
                batch[at].Reset(most);
                for (var row = 0; row < count; row++)
                    Set(batch[at], row, cells[next + row][columns[at].Place]);
            }

            next += count;
            return count;
        }

        public override void Dispose()
        {
            foreach (var column in batch)
                column.Dispose();
        }

        private static void Set(Column column, int row, object? value)
        {
            switch (column, value)
            {
                case (TextColumn text, null):
                    text.AddNull();
                    break;
                case (TextColumn text, string one):
                    text.Add(Encoding.UTF8.GetBytes(one));
                    break;
                case (ArrayColumn array, _):
                    if (row == 0)
                        array.Elements.Reset(0);
                    array.Offsets[row + 1] = array.Offsets[row] + ((value as string[])?.Length ?? 0);
                    array.Elements.Extend(array.Offsets[row + 1]);
                    foreach (var element in value as string[] ?? [])
                        ((TextColumn)array.Elements).Add(Encoding.UTF8.GetBytes(element));
                    if (value is null)
                        array.SetNull(row);
                    break;
                case (_, null):
                    column.SetNull(row);
                    break;
                case (DoubleColumn numbers, double one):
                    numbers.Values[row] = one;
                    break;
                case (WideColumn numbers, Int128 one):
                    numbers.Values[row] = one;
                    break;
                default:
                    ((LongColumn)column).Values[row] = (long)value!;
                    break;
            }
        }
    }
}
