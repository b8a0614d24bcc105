using TdmPortal.Core.Quality;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Quality;

/// <summary>The rows of a version: binary COPY out of its tables, in the order of row numbers, several ranges side by side.</summary>
/// <param name="actor">Under whose team's reader role it reads; null: as the provisioner, while the version is being built.</param>
internal sealed class StoredSource(PortalDatabase database, Actor? actor, string databaseSchema, IReadOnlyList<DatasetEntity> entities) : RowSource
{
    public override IReadOnlyList<SourceEntity> Entities { get; } = [.. entities.Select(entity => new SourceEntity(entity.Name, entity.Columns, entity.Rows))];

    public override bool ReadsRanges => true;

    public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation) =>
        StoredReader.Open(database, actor, StoredTable.Name(databaseSchema, entity.Name), [.. columns.Select(column => entity.Columns[column])], firstRow, rows, cancellation);
}
