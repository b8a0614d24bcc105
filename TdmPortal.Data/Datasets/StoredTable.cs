using TdmPortal.Core.Formats;
using TdmPortal.Data.Environments;

namespace TdmPortal.Data.Datasets;

/// <summary>
/// How a version's rows lie in the database: a table an entity, named as in the document, its columns named as the
/// fields, plus a hidden row number by which pages are read, whatever order the loading streams wrote in.
/// </summary>
internal static class StoredTable
{
    /// <summary>A name that no field can have: they begin with a letter.</summary>
    public const string RowNumber = "__row";

    public static string SchemaOf(string teamKey, string dataset, int number) => FormattableString.Invariant($"{LiveViews.SchemaOf(teamKey, dataset)}__v{number}");

    public static string Name(string databaseSchema, string entity) => SqlSchema.Quote(databaseSchema) + "." + SqlSchema.Quote(entity);

    /// <summary>The index that serves sorting and filtering by a column: by place, since names may be 63 bytes long themselves.</summary>
    public static string SortIndex(int entity, int column) => FormattableString.Invariant($"__sort_{entity}_{column}");

    public static string RowIndex(int entity) => FormattableString.Invariant($"__row_{entity}");
}
