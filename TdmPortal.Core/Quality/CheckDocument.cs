using System.Globalization;
using System.Text;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>The catalogue of checks as a part of the page docs/quality.md.</summary>
public static class CheckDocument
{
    /// <summary>The line before the part that is made here.</summary>
    public const string Begin = "<!-- made from the code: checks -->";

    /// <summary>The line behind it.</summary>
    public const string End = "<!-- end of what is made from the code -->";

    /// <summary>Markdown with every check, its arguments and the names that other tools have for it.</summary>
    public static string Render()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"There are {CheckCatalogue.All.Count} checks.\n\n| check | what holds | columns | of | kind | called elsewhere |\n|---|---|---|---|---|---|\n");
        foreach (var check in CheckCatalogue.All)
            text.Append(CultureInfo.InvariantCulture, $"| `{check.Name}` | **{check.Title}.** {Cell(check.Summary)}{string.Concat(check.Arguments.Select(Argument))} | {Columns(check)} | {(check.Types.Count == 0 ? "any" : string.Join(", ", check.Types.Select(FieldTypeNames.Of)))} | {check.Kind.ToString().ToLowerInvariant()} | {string.Join(", ", check.Synonyms.Select(name => $"`{name}`"))} |\n");
        return text.ToString();
    }

    /// <summary>A page with its part made anew; the page as it is where it has no such part.</summary>
    public static string Update(string page)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        return begin < 0 || end < begin ? page : $"{page[..(begin + Begin.Length)]}\n{Render()}{page[end..]}";
    }

    private static string Argument(ArgumentDefinition argument) =>
        $"<br>`{argument.Name}` ({argument.Kind.ToString().ToLowerInvariant()}{(argument.Required ? ", required" : "")}): {Cell(argument.Summary)}{(argument.Options.Count > 0 ? $" One of {string.Join(", ", argument.Options)}." : "")}{(argument.Default is { } value ? $" Default {value}." : "")}";

    private static string Columns(CheckDefinition check) => check.MostColumns == 0 ? "none" : check.LeastColumns == check.MostColumns
        ? check.LeastColumns.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{check.LeastColumns} to {check.MostColumns}");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
