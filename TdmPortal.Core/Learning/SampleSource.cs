using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Learning.Forms;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Files;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning;

/// <summary>
/// Rows of inspected files, typed as the inspection found them or as a schema document has them; bad lines are left out.
/// Files are read from their beginning each time; one row is held at a time.
/// </summary>
public sealed class SampleSource : RowSource
{
    private readonly Func<string, Stream> open;
    private readonly Dictionary<string, (InspectedFile File, InspectedEntity Entity, IReadOnlyList<InspectedColumn> Columns)> places = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Entity, int Column), UnreadCells> unread = [];

    /// <summary>Rows as the inspection found them.</summary>
    /// <param name="files">Entities' names must differ.</param>
    /// <param name="open">Opens a file, by the name it was inspected under, from its beginning.</param>
    public SampleSource(IReadOnlyList<InspectedFile> files, Func<string, Stream> open)
    {
        this.open = open;
        Entities = [.. files.SelectMany(file => file.Entities.Select(entity => Add(entity.Name, file, entity, entity.Columns, [.. entity.Columns.Select(Describe)])))];
    }

    /// <summary>Rows typed by a document: the fields of its entities that the files have, by name or column name.</summary>
    /// <param name="files">Each entity of the document with its file and the entity in it.</param>
    /// <param name="open">Opens a file, by the name it was inspected under, from its beginning.</param>
    /// <exception cref="PortalException"><c>file.no_columns</c>: a file has none of its entity's fields.</exception>
    public SampleSource(SchemaDocument document, IReadOnlyList<(string Entity, InspectedFile File, InspectedEntity Rows)> files, Func<string, Stream> open)
    {
        this.open = open;
        var found = new List<SourceEntity>();
        foreach (var definition in document.Entities)
        {
            foreach (var (_, file, rows) in files.Where(one => one.Entity == definition.Name).Take(1))
            {
                var fields = definition.Fields.Select(field => (Field: field, Column: Match(field, rows))).Where(pair => pair.Column is not null).ToList();
                if (fields.Count == 0)
                {
                    throw new PortalException("file.no_columns", $"{file.Name} has none of the fields of {definition.Name} in it.")
                    {
                        SuggestedActions = ["Begin the file with a line of field names", "Say which entity the file belongs to"],
                    };
                }

                found.Add(Add(definition.Name, file, rows, [.. fields.Select(pair => Retyped(pair.Column!, pair.Field))], [.. fields.Select(pair => Quality.Sources.FileSource.Describe(pair.Field))]));
            }
        }

        Entities = found;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SourceEntity> Entities { get; }

    /// <inheritdoc/>
    public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation)
    {
        var (file, of, all) = places[entity.Name];
        List<InspectedColumn> wanted = [.. columns.Select(place => all[place])];
        var stream = file.Dialect.Decode(open(file.Name));
        // The inspection has told of bad lines; here they are passed over.
        FileRecords records = file.Dialect.Format == FileFormat.Csv
            ? new CsvRecords(stream, file.Name, file.Dialect, [.. wanted.Select(column => column.Place)], file.Width, (_, _) => { })
            : new JsonRecords(stream, file.Name, file.Dialect, [.. wanted.Select(column => (IReadOnlyList<string>)[column.Original])], file.HasSections, file.HasSections ? of.Original : null, (_, _) => { });
        return new FileReader(records, [.. columns.Select(place => entity.Columns[place])], rows ?? long.MaxValue, found =>
        {
            for (var i = 0; i < found.Count; i++)
                unread[(entity.Name, columns[i])] = found[i];
        }, [.. wanted.Select(column => new CellSpelling(CellForms.Find(column.Type, column.Form), column.NullSpellings))]);
    }

    /// <inheritdoc/>
    public override UnreadCells? UnreadOf(SourceEntity entity, int column) => unread.GetValueOrDefault((entity.Name, column));

    private SourceEntity Add(string name, InspectedFile file, InspectedEntity entity, IReadOnlyList<InspectedColumn> columns, IReadOnlyList<ColumnDescription> descriptions)
    {
        if (!places.TryAdd(name, (file, entity, columns)))
            throw new PortalException("file.same_entity", $"Two files are called {name}.") { SuggestedActions = ["Rename one of them"] };
        return new(name, descriptions, null);
    }

    private static InspectedColumn? Match(FieldDefinition field, InspectedEntity rows) => rows.Columns.FirstOrDefault(column => column.Original == (field.Column ?? field.Name))
        ?? rows.Columns.FirstOrDefault(column => column.Original.Equals(field.Column ?? field.Name, StringComparison.OrdinalIgnoreCase)) ?? rows.Columns.FirstOrDefault(column => column.Name == field.Name);

    /// <summary>The file's spelling where it fits the document's type.</summary>
    private static InspectedColumn Retyped(InspectedColumn column, FieldDefinition field) =>
        column with { Type = field.Type, Form = CellForms.Find(field.Type, column.Form)?.Name };

    private static ColumnDescription Describe(InspectedColumn column)
    {
        var description = new ColumnDescription(column.Name, column.Type, Nullable: true)
        {
            ColumnName = column.Original,
            Precision = column.Precision ?? 18,
            Scale = column.Scale ?? 2,
            MaxLength = column.Type == FieldType.String ? column.MaxLength : null,
            SqlType = "",
        };
        return description with { SqlType = SqlSchema.BaseType(description) };
    }
}
