using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Masks each batch as it is read.</summary>
internal sealed class MaskedReader(RowReader inner, MaskWork work, IReadOnlyList<(int Place, bool Masked)> columns) : RowReader
{
    private readonly Column[] batch = new Column[columns.Count];

    public override IReadOnlyList<Column> Batch => batch;

    public override int Read(int most)
    {
        var count = inner.Read(most);
        if (count == 0)
            return 0;
        work.Run(inner.Batch, count);
        for (var at = 0; at < batch.Length; at++)
            batch[at] = columns[at].Masked ? work.Masked(columns[at].Place) : work.Original(columns[at].Place);
        return count;
    }

    public override void Dispose()
    {
        inner.Dispose();
        work.Dispose();
    }
}
