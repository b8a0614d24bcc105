using System.Globalization;
using System.Text;

namespace TdmPortal.Core.Generators;

/// <summary>The catalogue as the page docs/generators.md.</summary>
public static class CatalogueDocument
{
    /// <summary>Markdown with every generator, its arguments and an example that was made by running it.</summary>
    public static string Render()
    {
        var text = new StringBuilder("# Generators\n\nThis page is made from the code; a test fails when it is stale, and `TDM_UPDATE_DOCS=1 ./test --filter CatalogueDocument` writes it anew.\n");
        text.Append(CultureInfo.InvariantCulture, $"\nThere are {GeneratorCatalogue.All.Count} generators and {GeneratorCatalogue.Locales.Count} locales: {string.Join(", ", GeneratorCatalogue.Locales.Select(locale => $"`{locale.Name}`"))}.\n");
        text.Append("\nNo generated e-mail address, host or web address lies outside the domains that RFC 2606 and RFC 6761 reserve; payment cards come from test ranges; IP addresses come from private and documentation ranges (RFC 1918, RFC 5737, RFC 3849) unless `internet.ipv4` is asked for any; telephone numbers come from numbers set aside for fiction where a country has such. That holds for `bogus` too: what its data sets give is moved there.\n");
        text.Append("\nDistinct values and examples are those of the example's arguments and the locale `en`; a shorter maxLength gives fewer. Where nothing stands, the field cannot be unique.\n");
        foreach (var category in GeneratorCatalogue.All.GroupBy(definition => definition.Category, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {category.Key}\n\n| name | what it gives | types | distinct values | example |\n|---|---|---|---|---|\n");
            foreach (var definition in category)
                text.Append(CultureInfo.InvariantCulture, $"| `{definition.Name}` | {Cell(definition.Summary)}{Arguments(definition)} | {string.Join(", ", definition.Types.Select(type => type.ToString().ToLowerInvariant()))} | {Capacity(definition)} | {Example(definition)} |\n");
        }

        return text.ToString();
    }

    private static string Arguments(GeneratorDefinition definition) => string.Concat(definition.Arguments.Select(argument =>
        $"<br>`{argument.Name}` ({Kind(argument)}{(argument.Required ? ", required" : "")}): {Cell(argument.Summary)}{(argument.Options.Count > 0 ? $" One of {string.Join(", ", argument.Options)}." : "")}{(argument.Default is { } value ? $" Default {value}." : "")}"));

    private static string Kind(ArgumentDefinition argument) => argument.Kind.ToString().ToLowerInvariant() + (argument.Min, argument.Max) switch
    {
        (null, null) => "",
        ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $", {min:0.##} or more"),
        (null, { } max) => string.Create(CultureInfo.InvariantCulture, $", at most {max:0.##}"),
        ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $", {min:0.##} to {max:0.##}"),
    };

    private static string Capacity(GeneratorDefinition definition) => definition.Capacity switch
    {
        null => "",
        < 1_000_000_000_000m and var count => count.ToString("N0", CultureInfo.InvariantCulture),
        _ => "10¹² and more",
    };

    private static string Example(GeneratorDefinition definition)
    {
        var example = definition.Example.ReplaceLineEndings(" ");
        return example.Length == 0 ? "" : $"`` {Cell(example.Length > 80 ? $"{example[..77]}..." : example)} ``";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
