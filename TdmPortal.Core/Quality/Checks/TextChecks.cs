using System.Text;
using System.Text.RegularExpressions;
using TdmPortal.Core.Generation;
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

    private static RowTest? Matches(RuleContext context) => context.Pattern("pattern") is { } regex ? Found(context, regex, wanted: true) : null;

    private static RowTest? NotMatches(RuleContext context) => context.Pattern("pattern") is { } regex ? Found(context, regex, wanted: false) : null;

    private static RowTest Like(RuleContext context)
    {
        var (like, pattern) = (context.Text("pattern"), new StringBuilder("\\A"));
        for (var i = 0; i < like.Length; i++)
        {
            if (like[i] == '%')
                pattern.Append("[\\s\\S]*");
            else if (like[i] == '_')
                pattern.Append("[\\s\\S]");
            else
                pattern.Append(Regex.Escape(like[i] == '\\' && i + 1 < like.Length ? like[++i].ToString() : like[i].ToString()));
        }

        return Found(context, new(pattern.Append("\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), wanted: true);
    }

    private static RowTest Found(RuleContext context, Regex regex, bool wanted) =>
        RowTest.Of<TextColumn>(context.Columns[0], (column, row) => Characters.Of(column[row], regex, static (text, regex) => regex.IsMatch(text)) == wanted);

    private static RowTest Trimmed(RuleContext context) => RowTest.Of<TextColumn>(context.Columns[0], (column, row) =>
        Characters.Of(column[row], 0, static (text, _) => text.IsEmpty || (!char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]))));
}
