using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Decides column by column: what kind it is, and which rule is for it.</summary>
internal static class ColumnRules
{
    /// <summary>All columns of the source that the document knows, in its order.</summary>
    public static List<PlanColumn> Columns(MaskInput input)
    {
        var definitions = input.Document.Entities.DistinctBy(entity => entity.Name).ToDictionary(entity => entity.Name, StringComparer.Ordinal);
        var findings = input.Findings.GroupBy(finding => (finding.Entity, finding.Field)).ToDictionary(group => group.Key, group => group.MaxBy(finding => finding.Confidence)!);
        var pointedTo = input.Document.Relationships.SelectMany(relationship => relationship.To.Fields.Select(field => (relationship.To.Entity, field))).ToHashSet();
        var columns = new List<PlanColumn>();
        foreach (var entity in input.Entities)
        {
            var definition = definitions.GetValueOrDefault(entity.Name);
            for (var place = 0; place < entity.Columns.Count; place++)
            {
                var name = entity.Columns[place].Name;
                var field = definition?.Fields.FirstOrDefault(one => one.Name == name);
                var column = new PlanColumn
                {
                    Entity = entity.Name,
                    Place = place,
                    Description = entity.Columns[place],
                    Field = field,
                    EntityKey = definition?.PrimaryKey ?? [],
                    PrimaryKey = definition?.PrimaryKey.Contains(name, StringComparer.Ordinal) == true,
                    WithoutCase = (field?.SqlType ?? "").Contains("citext", StringComparison.OrdinalIgnoreCase),
                };
                column.Unique = column.PrimaryKey || field?.Unique == true || pointedTo.Contains((entity.Name, name)) || definition?.Unique.Any(group => group.Contains(name, StringComparer.Ordinal)) == true;
                Classify(column, findings.GetValueOrDefault((entity.Name, name)));
                columns.Add(column);
            }
        }

        return columns;
    }

    /// <summary>The rule for a column by itself: one that names it, one of its kind, the strategy's; the first of each.</summary>
    public static void Decide(MaskInput input, PlanColumn column)
    {
        if (Find(input.Policy, rule => rule.Columns.Any(pattern => Matches(pattern, column.Entity, column.Description.Name))) is { } named)
            Set(column, named, DecidedBy.Column, named.Rule.Reason ?? $"A rule names {column.Path}.");
        else if (column.Counts && Find(input.Policy, rule => rule.Personal is not null && rule.Personal == column.Kind) is { } ofKind)
            Set(column, ofKind, DecidedBy.Kind, ofKind.Rule.Reason ?? $"A rule for every {Title(column)}.");
        else if (column.Counts && input.Policy.Strategy is { } strategy && input.Strategies(strategy, column.Kind!, column.Description, column.EntityKey, column.Unique) is { } proposed)
            Set(column, (proposed, ""), DecidedBy.Strategy, $"{Title(column)}, as the strategy {JsonPart.NameOf(strategy)} treats it.{Remark(proposed)}");
        else if (!column.Counts)
            column.Reason = column.Kind is null ? "Not personal." : $"Perhaps {Title(column)}, but not likely enough.";
        else if (input.SignedOff.Contains(column.Path))
            column.Reason = $"{Title(column)}; a lead signed off that it stays.";
        else
            (column.By, column.Reason) = (DecidedBy.Undecided, $"{Title(column)}, and nothing says what becomes of it.");
    }

    /// <summary>What people should know of a strategy's choice.</summary>
    private static string Remark(MaskingRule rule) => rule.Masker == "fpe" && rule.Args["small"] is { ValueKind: JsonValueKind.String } small && small.ValueEquals("permute")
        ? " Values of which there are fewer than a million are permuted without FF1, whose standard allows it for no such ones." : "";

    /// <summary>Whether a column's name in a policy means that column.</summary>
    public static bool Matches(string pattern, string entity, string field)
    {
        var point = pattern.IndexOf('.', StringComparison.Ordinal);
        return point >= 0 && pattern.AsSpan(point + 1).SequenceEqual(field) && (pattern.AsSpan(0, point) is "*" || pattern.AsSpan(0, point).SequenceEqual(entity));
    }

    private static void Classify(PlanColumn column, PersonalFinding? finding)
    {
        if (column.Field?.Personal is { } said)
        {
            if (said != PersonalKinds.None)
                (column.Kind, column.Confidence, column.Counts) = (said, 1, true);
        }
        else if (finding is not null)
        {
            (column.Kind, column.Confidence, column.Counts) = (finding.Kind, finding.Confidence, finding.Confidence >= PersonalFinding.Counts);
        }
    }

    private static void Set(PlanColumn column, (MaskingRule Rule, string Path) found, DecidedBy by, string reason) =>
        (column.Rule, column.RulePath, column.By, column.Reason) = (found.Rule, found.Path, by, reason);

    private static (MaskingRule Rule, string Path)? Find(MaskingPolicy policy, Func<MaskingRule, bool> fits)
    {
        for (var i = 0; i < policy.Rules.Count; i++)
        {
            if (fits(policy.Rules[i]))
                return (policy.Rules[i], string.Create(CultureInfo.InvariantCulture, $"rules[{i}]"));
        }

        return null;
    }

    private static string Title(PlanColumn column) => PersonalKinds.Find(column.Kind!)?.Title ?? column.Kind!;
}
