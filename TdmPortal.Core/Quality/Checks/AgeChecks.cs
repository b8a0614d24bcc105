using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Dates against the as-of instant of the data: of a generated version, the one that it was generated for.</summary>
internal static class AgeChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("recency", RuleKind.Business, "Is up to date", "The newest value is no older than this.",
            "recency, freshness, timeliness", Days, Duration("within", "How old the newest value may be, such as 1d or 12h.", required: true))) { Bind = Recency },
        new(Define("no_value_older_than", RuleKind.Business, "Has nothing older than this", "No value is older than this.",
            "maximum age, retention", Days, Duration("age", "How old a value may be, such as 30d or 10y.", required: true))) { Bind = NotOlder },
        new(Define("not_in_future", RuleKind.Business, "Does not lie in the future", "No value is later than the as-of instant.",
            "expect_column_values_to_be_in_the_past", Days)) { Bind = NotLater },
    ];

    private static RuleWork? Recency(RuleContext context) => new NotYet();

    private static RuleWork? NotOlder(RuleContext context) => new NotYet();

    private static RuleWork? NotLater(RuleContext context) => new NotYet();
}
