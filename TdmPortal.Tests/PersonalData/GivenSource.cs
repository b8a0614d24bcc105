using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Tests.PersonalData;

/// <summary>One text column of given values.</summary>
internal sealed class GivenSource(string entity, string field, FieldType type, byte[][] values) : RowSource
{
    public override IReadOnlyList<SourceEntity> Entities { get; } = [new(entity, [new(field, type, true) { SqlType = "text" }], values.Length)];

    public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation) => new Reader(values);

    private sealed class Reader(byte[][] values) : RowReader
    {
        private readonly TextColumn column = new();
        private int next;

        public override IReadOnlyList<Column> Batch => [column];

        public override int Read(int most)
        {
            var count = Math.Min(most, values.Length - next);
            column.Reset(count);
            for (var i = 0; i < count; i++)
                column.Add(values[next++]);
            return count;
        }

        public override void Dispose() => column.Dispose();
    }
}
