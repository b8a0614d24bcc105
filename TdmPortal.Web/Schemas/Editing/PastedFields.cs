using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Editing;

/// <summary>Fields from what was pasted into the grid: cells of a spreadsheet, in any of the shapes that people have at hand.</summary>
public static class PastedFields
{
    private static readonly Dictionary<string, FieldType> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["integer"] = FieldType.Integer, ["int"] = FieldType.Integer, ["int4"] = FieldType.Integer, ["int8"] = FieldType.Integer, ["bigint"] = FieldType.Integer, ["smallint"] = FieldType.Integer, ["long"] = FieldType.Integer, ["serial"] = FieldType.Integer,
        ["decimal"] = FieldType.Decimal, ["numeric"] = FieldType.Decimal, ["money"] = FieldType.Decimal, ["number"] = FieldType.Decimal,
        ["double"] = FieldType.Double, ["float"] = FieldType.Double, ["real"] = FieldType.Double,
        ["boolean"] = FieldType.Boolean, ["bool"] = FieldType.Boolean, ["bit"] = FieldType.Boolean,
        ["string"] = FieldType.String, ["text"] = FieldType.String, ["varchar"] = FieldType.String, ["nvarchar"] = FieldType.String, ["char"] = FieldType.String, ["character varying"] = FieldType.String,
        ["date"] = FieldType.Date, ["time"] = FieldType.Time,
        ["timestamp"] = FieldType.Timestamp, ["timestamptz"] = FieldType.Timestamp, ["datetime"] = FieldType.Timestamp, ["datetime2"] = FieldType.Timestamp, ["instant"] = FieldType.Timestamp,
        ["uuid"] = FieldType.Uuid, ["guid"] = FieldType.Uuid, ["uniqueidentifier"] = FieldType.Uuid,
        ["json"] = FieldType.Json, ["jsonb"] = FieldType.Json,
    };

    /// <summary>
    /// One line a field with its type in the second cell ("email[tab]varchar(120)"); else a header with rows below, from
    /// which types and generators are learnt; else a name in each cell. Empty when the text holds no name.
    /// </summary>
    public static IReadOnlyList<FieldDefinition> Read(string text, string entity)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', StringSplitOptions.TrimEntries)).ToList();
        if (lines.Count == 0)
            return [];
        if (lines.TrueForAll(cells => cells.Length >= 2 && cells[0].Length > 0 && TypeOf(cells[1]) is not null))
            return Named(lines.Select(cells => WithType(entity, SchemaNames.FromText(cells[0]), cells[1])));
        if (lines.Count > 1 && lines[0].Length > 1 && SchemaProposal.FromRows(text, entity).Document is { Entities: [var proposed, ..] })
            return proposed.Fields;
        return Named(lines.SelectMany(cells => cells).Where(cell => cell.Any(char.IsAsciiLetterOrDigit)).Select(cell => FieldEdits.Propose(entity, SchemaNames.FromText(cell)).Field));
    }

    private static List<FieldDefinition> Named(IEnumerable<FieldDefinition> fields)
    {
        var all = new List<FieldDefinition>();
        foreach (var field in fields)
            all.Add(field with { Name = SchemaNames.Free(field.Name, all.Select(f => f.Name)) });
        return all;
    }

    private static FieldDefinition WithType(string entity, string name, string typeText)
    {
        var type = TypeOf(typeText)!.Value;
        var sizes = Sizes(typeText);
        var field = new FieldDefinition
        {
            Name = name,
            Type = type,
            MaxLength = type == FieldType.String && sizes.Length == 1 ? sizes[0] : null,
            Precision = type == FieldType.Decimal && sizes.Length > 0 ? sizes[0] : null,
            Scale = type == FieldType.Decimal && sizes.Length > 0 ? sizes.ElementAtOrDefault(1) : null,
        };
        var proposal = GeneratorProposals.For(entity, name, type, field.MaxLength)[0];
        return field.UseGenerator(proposal.Generator, proposal.Args);
    }

    private static FieldType? TypeOf(string text) => Words.TryGetValue(text.Split('(')[0].Trim(), out var type) ? type : null;

    private static int[] Sizes(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.IndexOf(')', StringComparison.Ordinal);
        return open < 0 || close < open ? [] : [.. text[(open + 1)..close].Split(',').Select(part => int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var size) ? size : 0).Where(size => size > 0)];
    }
}
