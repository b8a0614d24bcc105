using System.Text.RegularExpressions;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Datasets;

/// <summary>What a request to generate must keep to, whoever sends it.</summary>
public static partial class GenerateRules
{
    /// <summary>Longest name, so that <c>&lt;team&gt;_&lt;dataset&gt;__v&lt;n&gt;</c> fits the 63 bytes of an identifier.</summary>
    public const int MaxNameLength = 34;
    private const int MaxTitleLength = 200;
    private const double MaxScale = 10_000;
    private static readonly string[] QualityLevels = ["basic", "standard", "premium"];

    /// <summary>Whether a dataset may have this name.</summary>
    public static bool IsName(string name) => name.Length <= MaxNameLength && Name().IsMatch(name);

    /// <exception cref="PortalException">dataset.bad_name, dataset.bad_request</exception>
    internal static void CheckName(string name, string title)
    {
        if (!IsName(name))
        {
            throw new PortalException("dataset.bad_name", $"\"{name}\" cannot be a dataset's name: small letters, digits and single underscores between them, a letter first, at most {MaxNameLength} characters.")
            {
                SuggestedActions = ["Choose a name like web_shop."],
            };
        }

        if (title.Length > MaxTitleLength)
            throw Bad($"The title has {title.Length} characters; {MaxTitleLength} are allowed.", "Shorten it.");
    }

    internal static void Check(GenerateRequest request)
    {
        CheckName(request.Name, request.Title);
        if (!(request.Scale > 0 && request.Scale <= MaxScale))
            throw Bad(FormattableString.Invariant($"The scale factor {request.Scale} is not between 0 (not included) and {MaxScale:N0}."), "1 keeps the schema's numbers of rows.");
        if (!QualityLevels.Contains(request.QualityLevel, StringComparer.Ordinal))
            throw Bad($"There is no quality level \"{request.QualityLevel}\".", $"Choose one of {string.Join(", ", QualityLevels)}.");
        if (request.Prepare.Any(format => !Enum.IsDefined(format) || format is RowFormat.PostgresBinary or RowFormat.NumberedPostgresBinary))
            throw Bad("A format to prepare is none that files have.", "Choose among CSV, JSON, NDJSON, XML and SQL.");
    }

    internal static void CheckRows(GenerateRequest request, SchemaDocument document)
    {
        foreach (var (entity, rows) in request.Rows)
        {
            if (document.Entities.All(candidate => candidate.Name != entity))
                throw Bad($"Rows are asked for {entity}, which the schema {document.Name} does not have.", $"Its entities are: {string.Join(", ", document.Entities.Select(candidate => candidate.Name))}.");
            if (rows < 0)
                throw Bad(FormattableString.Invariant($"{rows} rows are asked for {entity}."), "Give 0 or more.");
        }
    }

    private static PortalException Bad(string message, string action) => new("dataset.bad_request", message) { SuggestedActions = [action] };

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
