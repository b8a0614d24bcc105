namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>An entity from pasted rows: a field a column, its type and generator from name and values.</summary>
internal static class RowsProposal
{
    /// <summary>Rows that are looked at; more tell nothing new.</summary>
    private const int SampleRows = 2000;

    private const long DefaultRows = 1000;

    public static ProposedSchema Make(string text, string entityName)
    {
        var problems = new ProblemList();
        var separator = DelimitedText.Separator(text);
        List<string>? header = null;
        var rows = new List<List<string>>();
        foreach (var (line, values) in DelimitedText.Read(text.TrimStart('\uFEFF'), separator))
        {
            if (header is null)
            {
                header = values;
                if (header.Count > SchemaValidator.MaxFields)
                    return new(null, Nothing, [new($"line {line}", "schema.limit", $"The header has {header.Count} columns; at most {SchemaValidator.MaxFields} are allowed.")]);
                continue;
            }

            if (values.Count != header.Count)
                problems.Warning($"line {line}", "rows.ragged", $"The line has {values.Count} values, the header {header.Count}.", "Check the quotes and separators there");
            while (values.Count < header.Count)
                values.Add("");
            rows.Add(values);
            if (rows.Count == SampleRows)
                break;
        }

        if (header is null)
            return new(null, Nothing, [new("", "rows.empty", "There are no rows: the first line must be the header.") { SuggestedActions = ["Copy the cells with their header from the spreadsheet"] }]);
        if (rows.Count == 0)
            problems.Warning("", "rows.header_only", "There is a header but no row, so types and generators follow from the names alone.");

        var entity = LegalNames.ToLegal(entityName, "entity");
        var reasons = new Dictionary<string, ProposedGenerator>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var fields = new List<FieldDefinition>();
        for (var i = 0; i < header.Count; i++)
        {
            var name = LegalNames.Distinct(LegalNames.ToLegal(header[i], $"column_{i + 1}"), taken);
            var column = ColumnType.Of([.. rows.Select(row => row[i])], separator is ';' or '\t');
            var proposal = GeneratorProposals.For(entity, name, column.Type, column.MaxLength, column.Values)[0];
            var nulls = rows.Count == 0 ? 0 : Math.Round(100.0 * column.Values.Count(value => value is null) / rows.Count);
            fields.Add(new()
            {
                Name = name,
                Type = column.Type,
                Precision = column.Precision,
                Scale = column.Scale,
                MaxLength = column.MaxLength,
                Generator = proposal.Generator,
                Args = proposal.Args,
                NullPercent = nulls > 0 ? nulls : null,
                Column = header[i].Length == 0 || header[i] == name || header.IndexOf(header[i]) < i ? null : header[i],
            });
            reasons[$"{entity}.{name}"] = proposal;
        }

        var key = Key(entity, fields, rows);
        var document = new SchemaDocument
        {
            Name = entity,
            Title = entityName == entity ? null : entityName,
            Entities = [new() { Name = entity, Rows = DefaultRows, Table = entityName == entity ? null : new(null, entityName), Fields = fields, PrimaryKey = key is null ? [] : [key] }],
        };
        return ProposalRepair.Finish(document, reasons, problems);
    }

    private static readonly Dictionary<string, ProposedGenerator> Nothing = [];

    /// <summary>A field that is called like a key and whose values are all there and all different.</summary>
    private static string? Key(string entity, List<FieldDefinition> fields, List<List<string>> rows)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            var name = fields[i].Name;
            var isCalledKey = name is "id" or "uuid" or "guid" or "key" or "pk" || name == $"{entity}_id" || name == $"{entity}_no" || name == $"{entity}_nr" || (i == 0 && name.EndsWith("_id", StringComparison.Ordinal));
            if (isCalledKey && fields[i].NullPercent is null && fields[i].Generator is "sequence" or "uuid" or "pattern" && rows.Select(row => row[i]).Distinct(StringComparer.Ordinal).Count() == rows.Count)
                return name;
        }

        return null;
    }
}
