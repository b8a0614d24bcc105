using TdmPortal.Core.Import.Checks;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>EXCLUDE: rows that differ in what is compared by =, or ranges that follow one another by the row's number.</summary>
internal sealed partial class ImportRun
{
    public void ReadExclusions()
    {
        foreach (var table in Tables)
        {
            foreach (var exclusion in table.Source.Exclusions)
            {
                if (!ReadExclusion(table, exclusion))
                    Missed(table, exclusion.Name, exclusion.Expression, "Rows that exclude each other cannot be kept apart here.", exclusion.Columns);
            }
        }
    }

    private bool ReadExclusion(ImportTable table, DatabaseCheck exclusion)
    {
        var columns = exclusion.Columns.Select(table.Column).OfType<ImportColumn>().ToList();
        var number = table.Columns.Find(column => column.Generator is { Generator: "sequence" } counter && counter.Args["within"] is null && column.Type.Type == FieldType.Integer && table.Keys.Any(key => key is [var only] && only == column));
        var (start, step) = number is null ? (0, 1) : (number.Generator!.Args["start"]?.GetInt64() ?? 1, number.Generator.Args["step"]?.GetInt64() ?? 1);
        if (number is not null && step > 0)
        {
            var place = step == 1 && start == 0 ? number.Field : $"({number.Field} - {start}) / {step}";
            if (columns.Find(column => column is { IsLinked: false, IsSkipped: false, Type.Text: not null } && Ranges.Contains(column.Source.BaseType, StringComparer.Ordinal)) is { } range)
            {
                Settle(range, "expression", [("value", Range(range, place))], "rows exclude each other where ranges meet, so each follows the one before", 0.9);
                range.NullPercent = 0;
                return true;
            }

            // tsrange(from, to) and the like: the two columns are moved apart.
            var days = columns.Where(column => column is { IsLinked: false, IsSkipped: false } && column.Type.Type is FieldType.Date or FieldType.Timestamp).ToList();
            var order = ServerColumns.Of(ServerParser.TryParse(Argument(exclusion.Expression)) ?? new ServerRow([]));
            if (days.Count == 2 && days.TrueForAll(day => order.Contains(day.Source.Name, StringComparer.Ordinal)))
            {
                days = [.. days.OrderBy(day => order.ToList().IndexOf(day.Source.Name))];
                for (var i = 0; i < 2; i++)
                {
                    Settle(days[i], "expression", [("value", $"addDays('{(days[i].Type.Type == FieldType.Date ? "2020-01-01" : "2020-01-01T00:00:00Z")}', 2 * ({place}) + {i})")], "rows exclude each other where their times meet, so each follows the one before", 0.9);
                    days[i].NullPercent = 0;
                }

                return true;
            }
        }

        var equal = EqualColumns(table, exclusion.Expression).Where(column => !column.IsSkipped && !column.Type.IsArray && column.Type.Type != FieldType.Json).ToList();
        if (equal.Count == 0)
            return false;
        table.Unique.Add(equal);
        table.Rows = Math.Min(table.Rows, Capacity(table, equal, Tables.ToDictionary(one => one, one => one.Rows), []));
        foreach (var column in equal.Where(column => column is { IsLinked: false, IsSettled: false }))
            column.Generator = Choose(column);
        return true;
    }

    private static readonly string[] Ranges = ["int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange"];

    private static string Range(ImportColumn column, string place) => column.Source.BaseType switch
    {
        "daterange" => $"concat('[', addDays('2020-01-01', {place}), ',', addDays('2020-01-01', {place} + 1), ')')",
        "tsrange" or "tstzrange" => $"concat('[', addDays('2020-01-01', {place}), ',', addDays('2020-01-01', {place} + 1), ')')",
        _ => $"concat('[', {place}, ',', {place} + 1, ')')",
    };

    /// <summary>What stands in the call of a range's constructor.</summary>
    private static string Argument(string definition)
    {
        foreach (var name in new[] { "tstzrange(", "tsrange(", "daterange(", "int4range(", "int8range(", "numrange(" })
        {
            var at = definition.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                continue;
            var depth = 0;
            for (var i = at; i < definition.Length; i++)
            {
                depth += definition[i] == '(' ? 1 : definition[i] == ')' ? -1 : 0;
                if (depth == 0 && i > at + name.Length - 1)
                    return definition[at..(i + 1)];
            }
        }

        return "";
    }

    /// <summary>Columns in front of <c>WITH =</c>.</summary>
    private static IEnumerable<ImportColumn> EqualColumns(ImportTable table, string definition)
    {
        var tokens = ServerLexer.Read(definition);
        for (var i = 1; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Is("with") && tokens[i + 1].IsOperator("=") && tokens[i - 1].IsName && table.Column(tokens[i - 1].Text) is { } column)
                yield return column;
            else if (tokens[i].Is("with") && tokens[i + 1].IsOperator("=") && i > 1 && tokens[i - 2].IsName && table.Column(tokens[i - 2].Text) is { } withClass)
                yield return withClass;
        }
    }
}
