using System.Text.Json;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality;

namespace TdmPortal.Data.Quality;

/// <summary>Reports and rule sets as JSON that people keep and other programs read.</summary>
public static class QualityJson
{
    private static readonly JsonSerializerOptions Indented = new(StoredJson.Options) { WriteIndented = true };

    public static string Write(QualityReport report) => JsonSerializer.Serialize(report, Indented);

    public static string Write(QualityRules rules) => JsonSerializer.Serialize(rules, Indented);

    /// <summary>Reads a rule set; whether its rules fit a schema is not looked at.</summary>
    /// <exception cref="PortalException">quality.bad_file: it is no rule set.</exception>
    public static QualityRules ReadRules(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<QualityRules>(json, StoredJson.Options) is { Rules: not null, Scenarios: not null, Weights: not null } rules ? rules : throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new PortalException("quality.bad_file", $"That is no rule set: {error.Message}", error) { SuggestedActions = ["Choose a file that was exported here, or that “tdm check” reads"] };
        }
    }
}
