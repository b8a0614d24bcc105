using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TdmPortal.Core.Quality;

namespace TdmPortal.Cli;

/// <summary>What tdm check says.</summary>
internal static class CheckReport
{
    private const int ShownRows = 5;

    public static void WriteText(TextWriter output, IReadOnlyList<(string Entity, string Path)> files, QualityReport report, int left)
    {
        foreach (var (entity, path) in files)
            output.WriteLine($"{path}: {entity}, {Count(report.Entities.First(one => one.Name == entity).Rows, "row")}");
        output.WriteLine();
        output.WriteLine($"{"",-11} {"severity",-8} {"failing",12} {"looked at",12}  rule");
        foreach (var result in report.Rules.OrderBy(result => result.Holds))
        {
            output.WriteLine(result.NotChecked is { } why
                ? $"NOT CHECKED {Lower(result.Rule.Severity),-8} {"",12} {"",12}  {result.Rule.Name}: {why}"
                : $"{(result.Holds ? "holds" : "FAILS"),-11} {Lower(result.Rule.Severity),-8} {Number(result.Failing),12} {Number(result.Evaluated),12}  {result.Rule.Name}{(result.Observed is { } observed ? $" ({observed})" : "")}{(result.Rule.Threshold < 1 ? $" (at least {Percent(result.Rule.Threshold)})" : "")}");
            if (result.Holds)
                continue;
            foreach (var row in result.Rows.Take(ShownRows))
                output.WriteLine($"{"",-11}   row {row.Row + 1}, key {row.Key}{Values(result, row)}");
            if (result.Failing > ShownRows && result.Rows.Count > 0)
                output.WriteLine($"{"",-11}   and {Number(result.Failing - Math.Min(ShownRows, result.Rows.Count))} more");
        }

        foreach (var scenario in report.Scenarios.OrderBy(scenario => scenario.Holds))
        {
            output.WriteLine(scenario.NotChecked is { } why
                ? $"NOT CHECKED scenario {"",12} {"",12}  {scenario.Scenario.Name}: {why}"
                : $"{(scenario.Holds ? "is there" : "MISSING"),-11} scenario {Number(scenario.Count),12} {"",12}  {scenario.Scenario.Name} (at least {Number(scenario.Scenario.AtLeast)})");
        }

        WriteFidelity(output, report);
        output.WriteLine();
        var failing = report.Rules.Count(result => !result.Holds);
        output.WriteLine($"{Count(report.Rules.Count, "rule")}: {Number(report.Rules.Count - failing)} hold, {Number(failing)} do not{(report.Score is { } score ? $". Score {Percent(score)}" : "")}.");
        if (left > 0)
            output.WriteLine($"{Count(left, "rule")} left out: they look at entities that no file was given for.");
    }

    /// <summary>How like the reference the rows are, and where least.</summary>
    private static void WriteFidelity(TextWriter output, QualityReport report)
    {
        if (report.Fidelity is not { } fidelity)
            return;
        output.WriteLine();
        output.WriteLine($"Compared with {fidelity.Reference}:");
        foreach (var property in fidelity.Properties.Where(property => property.Score is not null))
        {
            var least = property.Details.Where(detail => detail.Value is not null).MinBy(detail => detail.Value)!;
            output.WriteLine($"{Percent(property.Score!.Value),11}  {property.Name}{(property.InScore ? "" : " (not in the score)")}; least: {least.Place}, {least.Measure} {Percent(least.Value!.Value)}");
        }
    }

    public static void WriteJson(TextWriter output, IReadOnlyList<(string Entity, string Path)> files, QualityReport report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("files");
            foreach (var (entity, path) in files)
            {
                json.WriteStartObject();
                json.WriteString("entity", entity);
                json.WriteString("path", path);
                json.WriteNumber("rows", report.Entities.First(one => one.Name == entity).Rows);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (report.Score is { } score)
                json.WriteNumber("score", score);
            if (report.Fidelity is { } fidelity)
                Write(json, fidelity);
            json.WriteStartArray("rules");
            foreach (var result in report.Rules)
                Write(json, result);
            json.WriteEndArray();
            json.WriteStartArray("scenarios");
            foreach (var scenario in report.Scenarios)
                Write(json, scenario);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, FidelityReport fidelity)
    {
        json.WriteStartArray("reference");
        foreach (var property in fidelity.Properties)
        {
            json.WriteStartObject();
            json.WriteString("property", property.Name);
            if (property.Score is { } score)
                json.WriteNumber("score", score);
            json.WriteStartArray("details");
            foreach (var detail in property.Details.Where(detail => detail.Value is not null))
            {
                json.WriteStartObject();
                json.WriteString("place", detail.Place);
                json.WriteString("measure", detail.Measure);
                json.WriteNumber("value", detail.Value!.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, RuleResult result)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Rule.Name);
        json.WriteString("entity", result.Rule.Entity);
        json.WriteString("check", result.Rule.Check);
        json.WriteString("severity", Lower(result.Rule.Severity));
        json.WriteBoolean("holds", result.Holds);
        if (result.NotChecked is { } why)
            json.WriteString("notChecked", why);
        json.WriteNumber("evaluated", result.Evaluated);
        json.WriteNumber("failing", result.Failing);
        json.WriteNumber("threshold", result.Rule.Threshold);
        if (result.Observed is { } observed)
            json.WriteString("observed", observed);
        WriteRows(json, result.Rows);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ScenarioResult scenario)
    {
        json.WriteStartObject();
        json.WriteString("name", scenario.Scenario.Name);
        json.WriteString("entity", scenario.Scenario.Entity);
        json.WriteBoolean("holds", scenario.Holds);
        if (scenario.NotChecked is { } why)
            json.WriteString("notChecked", why);
        json.WriteNumber("count", scenario.Count);
        json.WriteNumber("atLeast", scenario.Scenario.AtLeast);
        WriteRows(json, scenario.Rows);
        json.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter json, IReadOnlyList<FailingRow> rows)
    {
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteNumber("row", row.Row);
            json.WriteString("key", row.Key);
            json.WriteStartArray("values");
            foreach (var value in row.Values)
                json.WriteStringValue(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Values(RuleResult result, FailingRow row) => result.Rule.Columns.Count == 0 || row.Values.Count != result.Rule.Columns.Count ? ""
        : ": " + string.Join(", ", result.Rule.Columns.Zip(row.Values, (column, value) => $"{column} = {value ?? "null"}"));

    private static string Count(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (Math.Floor(share * 100_000) / 1000).ToString("0.###", CultureInfo.InvariantCulture) + " %";

    private static string Lower(RuleSeverity severity) => severity.ToString().ToLowerInvariant();
}
