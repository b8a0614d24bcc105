using System.Globalization;
using System.Text;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>The catalogue as the page docs/maskers.md.</summary>
public static class MaskerDocument
{
    private static readonly (MaskerTraits Trait, string Word)[] Promises =
    [
        (MaskerTraits.Consistent, "consistent"), (MaskerTraits.OneToOne, "one-to-one"), (MaskerTraits.KeepsForm, "keeps the form"), (MaskerTraits.Reversible, "reversible with the key"),
        (MaskerTraits.MayKeepValue, "a value may stay"), (MaskerTraits.LooksAtAllRows, "looks at all rows"), (MaskerTraits.Forgets, "forgets"),
    ];

    /// <summary>Markdown with every masker, its arguments, what it promises and an example that was made by running it.</summary>
    public static string Render()
    {
        var text = new StringBuilder("# Maskers\n\nThis page is made from the code; a test fails when it is stale, and `TDM_UPDATE_DOCS=1 ./test --filter MaskerDocument` writes it anew.\n");
        text.Append(CultureInfo.InvariantCulture, $"\nThere are {MaskerCatalogue.All.Count} maskers. What each promises:\n\n");
        text.Append("- **consistent**: the same value becomes the same value wherever it stands, under one team's key; values that differ only in case, blanks or the way a number is written are the same.\n");
        text.Append("- **one-to-one**: different values become different ones, so keys stay unique and joins find what they found. What comes out of FF1 is so by construction; hashes, e-mail addresses and user names are by 60 bits and more (two among a million values meet with a probability below one in a million).\n");
        text.Append("- **keeps the form**: length, separators, kinds of characters and check digits.\n- **reversible with the key**: somebody who has the team's key could compute the original.\n");
        text.Append("- **a value may stay**: the proof after a run does not compare such columns row by row.\n- **looks at all rows**: the column is read once before it is masked, and shuffle and rank hold its values in memory.\n");
        text.Append("- **forgets**: nothing of the original can be worked out, not even with the key.\n");
        text.Append("\nNulls, empty texts and a policy's sentinels stay. A value that has not the form that a masker expects (`n/a` in a column of e-mail addresses) has its letters and digits replaced by others. Nothing depends on the order of rows or on threads. Maskers that permute use FF1 (NIST SP 800-38G) as x → D(E(x) + 1), so that no value becomes itself; below a million values, where the standard allows no FF1, a keyed Feistel network without its standing.\n");
        foreach (var category in MaskerCatalogue.All.GroupBy(definition => definition.Category, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {category.Key}\n\n| name | what becomes of a value | types | promises | example |\n|---|---|---|---|---|\n");
            foreach (var definition in category)
                text.Append(CultureInfo.InvariantCulture, $"| `{definition.Name}` | **{definition.Title}.** {Cell(definition.Summary)}{Arguments(definition)} | {Types(definition)} | {string.Join(", ", Promises.Where(promise => definition.Traits.HasFlag(promise.Trait)).Select(promise => promise.Word))} | {Example(definition)} |\n");
        }

        return text.ToString();
    }

    private static string Types(MaskerDefinition definition) => definition.Types.Count == Kinds.Any.Length ? "all" : string.Join(", ", definition.Types.Select(type => type.ToString().ToLowerInvariant()));

    private static string Arguments(MaskerDefinition definition) => string.Concat(definition.Arguments.Select(argument =>
        $"<br>`{argument.Name}` ({argument.Kind.ToString().ToLowerInvariant()}{(argument.Required ? ", required" : "")}): {Cell(argument.Summary)}{(argument.Options.Count > 0 ? $" One of {string.Join(", ", argument.Options)}." : "")}{(argument.Default is { } value ? $" Default {Cell(value)}." : "")}"));

    private static string Example(MaskerDefinition definition)
    {
        var masked = MaskerExample.Of(definition);
        var arguments = definition.ExampleArguments.Count == 0 ? "" : $"<br>with {string.Join(", ", definition.ExampleArguments.Select(one => $"`{one.Key}` {Cell(one.Value.GetRawText())}"))}";
        return definition.Traits.HasFlag(MaskerTraits.LooksAtAllRows) ? "" : $"`` {Cell(definition.ExampleValue)} `` → {(masked.Length == 0 ? "null" : $"`` {Cell(masked)} ``")}{arguments}";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
