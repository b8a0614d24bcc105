using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>How texts are written.</summary>
internal static class TextChecks
{
    private static readonly ArgumentDefinition Pattern = new("pattern", ArgumentKind.Regex, "A regular expression; it is found anywhere in the text unless it begins with ^ and ends with $.") { Required = true };

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("matches_regex", RuleKind.Format, "Matches a pattern", "The regular expression is found in every text.",
            "expect_column_values_to_match_regex, hasPattern, valid_regex", Texts, Pattern)) { Bind = Matches },
        new(Define("not_matches_regex", RuleKind.Format, "Does not match a pattern", "The regular expression is found in no text.",
            "expect_column_values_to_not_match_regex, invalid_regex", Texts, Pattern)) { Bind = NotMatches },
        new(Define("like", RuleKind.Format, "Is like a pattern", "Every text is like the pattern as a whole.",
            "expect_column_values_to_match_like_pattern", Texts,
            Text("pattern", "As LIKE in SQL: % is any text, _ one character, \\ takes their meaning away.", required: true))) { Bind = Like },
        new(Define("trimmed", RuleKind.Format, "Has no white space at its ends", "No text begins or ends with white space.",
            "whitespace", Texts)) { Bind = Trimmed },
    ];

    private static RuleWork? Matches(RuleContext context) => new NotYet();

    private static RuleWork? NotMatches(RuleContext context) => new NotYet();

    private static RuleWork? Like(RuleContext context) => new NotYet();

    private static RuleWork? Trimmed(RuleContext context) => new NotYet();
}
