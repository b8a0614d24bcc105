using System.Text;
using System.Text.Json;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Quality.Checks;

/// <summary>
/// Entities with their rows in few words: <c>"t: id integer*, c string = 1|a; 2|; 3|''"</c>. A * marks the key, an empty cell
/// is null, '' the empty text.
/// </summary>
internal sealed class CheckedRows
{
    public static readonly DateTimeOffset AsOf = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<EntityDefinition> entities = [];

    public MemorySource Source { get; } = new();

    public SchemaDocument Document { get; private set; } = new() { Name = "checked" };

    public static CheckedRows Of(params string[] texts)
    {
        var rows = new CheckedRows();
        foreach (var text in texts)
            rows.Add(text);
        return rows;
    }

    public CheckedRows With(params RelationshipDefinition[] relationships)
    {
        Document = Document with { Relationships = relationships };
        return this;
    }

    public CheckedRows Add(string text)
    {
        var (head, body) = (text[..text.IndexOf('=', StringComparison.Ordinal)], text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var name = head[..head.IndexOf(':', StringComparison.Ordinal)].Trim();
        var fields = head[(head.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',', StringSplitOptions.TrimEntries).Select(Field).ToList();
        var key = head[(head.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',', StringSplitOptions.TrimEntries).Where(part => part.EndsWith('*')).Select(part => part.Split(' ')[0]).ToList();
        entities.Add(new() { Name = name, Fields = fields, PrimaryKey = key, Rows = 0 });
        Document = Document with { Entities = [.. entities] };
        var cells = body.Split(';', StringSplitOptions.TrimEntries).Select(line => line.Split('|').Select((cell, c) => Cell(cell.Trim(), fields[c])).ToArray()).ToList();
        Source.Add(name, [.. fields.Select(field => new ColumnDescription(field.Name, field.Type, Nullable: true) { Scale = field.Scale ?? 2, Precision = field.Precision ?? 18, MaxLength = field.MaxLength, IsArray = field.Array is not null, SqlType = "text" })], cells);
        return this;
    }

    public RuleResult Check(string check, string columns, string args, string? where = null, double threshold = 1, string? entity = null) => Run([Rule(check, columns, args, where, threshold, entity)])[0];

    public QualityRule Rule(string check, string columns, string args, string? where = null, double threshold = 1, string? entity = null) => new()
    {
        Name = $"{check} {columns} {args}",
        Check = check,
        Entity = entity ?? entities[0].Name,
        Kind = RuleKind.Business,
        Columns = columns.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        Args = Args(args),
        Where = where,
        Threshold = threshold,
    };

    public IReadOnlyList<RuleResult> Run(IReadOnlyList<QualityRule> rules, int mostKeys = 1_000_000) =>
        new RuleRun(Document, Source.Entities, new() { Rules = rules }, AsOf) { MostKeys = mostKeys }.Complete(Source, null, TestContext.Current.CancellationToken).Rules;

    public static ArgumentValues Args(string json)
    {
        using var document = JsonDocument.Parse(json.Length == 0 ? "{}" : json.Replace('\'', '"'));
        return new(document.RootElement.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.Clone())));
    }

    private static FieldDefinition Field(string text)
    {
        var parts = text.TrimEnd('*').Split(' ');
        var list = parts[1].EndsWith("[]", StringComparison.Ordinal);
        Assert.True(FieldTypeNames.TryParse(parts[1].Replace("[]", "", StringComparison.Ordinal), out var type), text);
        return new() { Name = parts[0], Type = type, MaxLength = parts.Length > 2 ? int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) : null, Array = list ? new(0, 9) : null };
    }

    private static object? Cell(string cell, FieldDefinition field)
    {
        if (field.Array is not null)
            return cell.Length == 0 ? null : cell.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (cell.Length == 0)
            return null;
        if (field.Type is FieldType.String or FieldType.Json)
            return cell == "''" ? "" : cell.Replace('~', ' ');
        using var column = Column.For(field.Type);
        column.Reset(1);
        Assert.True(TypedText.TrySet(column, 0, Encoding.UTF8.GetBytes(cell), field.Type, 18, 2), $"{cell} is no {field.Type}");
        return column switch { LongColumn longs => longs.Values[0], DoubleColumn doubles => doubles.Values[0], _ => ((WideColumn)column).Values[0] };
    }
}
