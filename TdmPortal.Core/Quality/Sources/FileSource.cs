using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Files;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Sources;

/// <summary>
/// Rows of files, typed by a schema document: CSV with a header in any order of columns, JSON, NDJSON and XML, a file an
/// entity. Files are read from their beginning each time; one row is held at a time.
/// </summary>
public sealed class FileSource : RowSource
{
    private readonly Func<string, Stream> open;
    private readonly Dictionary<string, string> files;
    private readonly Dictionary<(string Entity, int Column), UnreadCells> unread = [];

    /// <summary>Looks at the headers of the files.</summary>
    /// <param name="files">Each file with its entity's name; entities must be of the document.</param>
    /// <param name="open">Opens a file from its beginning.</param>
    /// <exception cref="PortalException">A file has not the form of its format.</exception>
    public FileSource(SchemaDocument document, IReadOnlyList<(string Entity, string Path)> files, Func<string, Stream> open)
    {
        this.open = open;
        this.files = files.ToDictionary(file => file.Entity, file => file.Path, StringComparer.Ordinal);
        Entities = [.. document.Entities.Where(entity => this.files.ContainsKey(entity.Name)).Select(Describe)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SourceEntity> Entities { get; }

    /// <inheritdoc/>
    public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation)
    {
        ColumnDescription[] wanted = [.. columns.Select(place => entity.Columns[place])];
        var records = FileRecords.Of(files[entity.Name], open(files[entity.Name]), [.. wanted.Select(Names)]);
        return new FileReader(records, wanted, rows ?? long.MaxValue, found =>
        {
            for (var i = 0; i < found.Count; i++)
                unread[(entity.Name, columns[i])] = found[i];
        });
    }

    /// <inheritdoc/>
    public override UnreadCells? UnreadOf(SourceEntity entity, int column) => unread.GetValueOrDefault((entity.Name, column));

    private SourceEntity Describe(EntityDefinition entity)
    {
        var columns = entity.Fields.Select(Describe).ToList();
        using var records = FileRecords.Of(files[entity.Name], open(files[entity.Name]), [.. columns.Select(Names)]);
        if (records is not CsvRecords csv)
            return new(entity.Name, columns, null);
        var there = columns.Where((_, i) => csv.Has(i)).ToList();
        return there.Count > 0 ? new(entity.Name, there, null) : throw new PortalException("file.no_columns",
            $"{files[entity.Name]} has none of the fields of {entity.Name} in its first line ({string.Join(", ", csv.Header.Take(5))}).")
        {
            SuggestedActions = ["Begin the file with a line of field names", $"Say which entity the file belongs to: ENTITY={files[entity.Name]}"],
        };
    }

    internal static ColumnDescription Describe(FieldDefinition field)
    {
        var column = new ColumnDescription(field.Name, field.Type, Nullable: true)
        {
            ColumnName = field.Column ?? field.Name,
            Precision = field.Precision ?? 18,
            Scale = field.Scale ?? 2,
            MaxLength = field.Type == FieldType.String ? field.MaxLength : null,
            IsArray = field.Array is not null,
            SqlType = "",
        };
        return column with { SqlType = SqlSchema.BaseType(column) };
    }

    private static IReadOnlyList<string> Names(ColumnDescription column) => column.ColumnName == column.Name ? [column.Name] : [column.Name, column.ColumnName];
}
