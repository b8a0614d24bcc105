using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;

namespace TdmPortal.Data.Datasets;

/// <summary>What reading rows needs of a version: where its tables are and what is in them.</summary>
internal sealed record StoredVersion(Guid Id, string DatasetName, int Number, string DatabaseSchema, IReadOnlyList<DatasetEntity> Entities)
{
    /// <summary>The ready version, when it is the team's; anything else is not found.</summary>
    public static Task<StoredVersion> FindAsync(PortalDatabase database, Actor actor, Guid id, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var found = await context.Set<DatasetVersion>().AsNoTracking()
            .Where(version => version.Id == id && version.TeamId == actor.TeamId && version.State == DatasetVersion.Ready)
            .Join(context.Set<Dataset>().Where(dataset => dataset.DeletedAt == null), version => version.DatasetId, dataset => dataset.Id,
                (version, dataset) => new { version.Number, version.DatabaseSchema, version.Entities, dataset.Name })
            .SingleOrDefaultAsync(token) ?? throw new NotFoundException("The dataset's version");
        return new StoredVersion(id, found.Name, found.Number, found.DatabaseSchema, StoredJson.Read<List<DatasetEntity>>(found.Entities));
    }, cancellation);

    /// <summary>As the audit names it.</summary>
    public AuditObject About => AuditObject.Version(Id, DatasetName, Number);

    /// <exception cref="NotFoundException">No such entity in this version.</exception>
    public (DatasetEntity Entity, int Place) Entity(string name)
    {
        for (var place = 0; place < Entities.Count; place++)
        {
            if (Entities[place].Name == name)
                return (Entities[place], place);
        }

        throw new NotFoundException($"The entity {name} of version {Number}");
    }

    public string Table(DatasetEntity entity) => StoredTable.Name(DatabaseSchema, entity.Name);

    /// <summary>The columns asked for, in that order; all when none is named.</summary>
    public static IReadOnlyList<ColumnDescription> Columns(DatasetEntity entity, IReadOnlyList<string> names) =>
        names.Count == 0 ? entity.Columns : [.. names.Select(name => Column(entity, name))];

    /// <exception cref="PortalException">dataset.unknown_column</exception>
    public static ColumnDescription Column(DatasetEntity entity, string name) => entity.Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new PortalException("dataset.unknown_column", $"{entity.Name} has no column {name}.") { SuggestedActions = [$"Its columns are: {string.Join(", ", entity.Columns.Select(column => column.Name))}."] };

    public static int Place(DatasetEntity entity, ColumnDescription column)
    {
        var place = 0;
        while (!ReferenceEquals(entity.Columns[place], column))
            place++;
        return place;
    }
}
