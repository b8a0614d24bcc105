using System.Text.RegularExpressions;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Tests.Generation;

/// <summary>What PostgreSQL says of the aggregates in a document, from its own tables.</summary>
internal static partial class AggregateQueries
{
    /// <summary>For each field that is one aggregate over a relationship: how many rows have another value than PostgreSQL computes. Each is to give 0.</summary>
    public static IEnumerable<string> Disagreements(SchemaDocument document)
    {
        foreach (var entity in document.Entities)
        {
            foreach (var field in entity.Fields.Where(field => field is { Generator: "expression", When: null, NullPercent: null or 0 }))
            {
                if (Form().Match(field.Args["value"]!.Value.GetString()!) is not { Success: true } match)
                    continue;
                var relationship = document.Relationships.Single(one => one.Name == match.Groups["relationship"].Value);
                var (kind, argument) = (match.Groups["kind"].Value, match.Groups["argument"] is { Success: true } of ? of.Value : "*");
                var type = field.Type switch
                {
                    FieldType.Decimal => $"numeric({field.Precision ?? 18},{field.Scale ?? 2})",
                    FieldType.Integer => "bigint",
                    FieldType.Double => "double precision",
                    _ => "text",
                };
                var join = string.Join(" AND ", relationship.From.Fields.Zip(relationship.To.Fields, (from, to) => $"c.\"{from}\" = p.\"{to}\""));
                yield return $"SELECT count(*) FROM \"{entity.Name}\" p WHERE p.\"{field.Name}\"::{type} IS DISTINCT FROM (SELECT {kind}({argument})::{type} FROM \"{relationship.From.Entity}\" c WHERE {join})";
            }
        }
    }

    [GeneratedRegex(@"^(?<kind>count|sum|min|max|avg)\((?<relationship>\w+)(, (?<argument>.*))?\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
