using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>What makes texts like those of a column.</summary>
internal static class TextPattern
{
    private const int MostCategories = 200;
    private const int LongestCategory = 79;
    private const int SamplesLookedAt = 300;

    /// <summary>Most rows must keep their value where rare ones are left out.</summary>
    private const double LeastKept = 0.8;

    private static readonly string[] NotByName = ["choice", "pattern", "constant", "lorem.word", "lorem.words", "lorem.sentence", "lorem.paragraph"];

    /// <summary>The values of a column of few, each of which comes often enough; null: it is none, or it is personal.</summary>
    public static IReadOnlyList<(string Value, long Rows)>? Categories(LearnedColumn column, int leastRows)
    {
        var profile = column.Profile.Profile;
        var filled = column.Profile.Filled;
        if (column.Personal is not null || column.IsDistinct || !profile.TopIsAll || filled == 0 || profile.IsArray || profile.Top.Count > MostCategories || profile.Top.Count > Math.Max(10, filled / 10))
            return null;
        var often = profile.Top.Where(top => top.Count >= leastRows).ToList();
        return often.Count == 0 || often.Exists(top => top.Value.Length > LongestCategory) || often.Sum(top => top.Count) < LeastKept * filled ? null : [.. often.Select(top => (top.Value, top.Count))];
    }

    public static ProposedGenerator Choice(IReadOnlyList<(string Value, long Rows)> categories) => new("choice",
        ArgumentText.Of(("values", categories.ToDictionary(category => category.Value, category => category.Rows, StringComparer.Ordinal))), $"{categories.Count} values come again and again, with their weights", 0.9);

    /// <summary>What fits a column of texts.</summary>
    public static ProposedGenerator Of(LearnedColumn column)
    {
        var texts = column.Entity.Texts(column).ToList();
        if (column.Personal is { } kind)
            return Personal(column, kind, texts);
        if (column.Categories is { } categories)
            return Choice(categories);
        List<string?> samples = [.. texts.Take(SamplesLookedAt)];
        var proposals = GeneratorProposals.For(column.Entity.Name, column.Name, FieldType.String, column.Field.MaxLength, samples);
        if (proposals.FirstOrDefault(proposal => proposal.Confidence >= 0.9 && proposal.Generator is "internet.url" or "uuid" or "internet.mac") is { } known)
            return known;
        if (Format(texts, 0.9, literals: true) is { } format)
            return format;
        return proposals.FirstOrDefault(proposal => proposal.Confidence >= 0.8 && !NotByName.Contains(proposal.Generator, StringComparer.Ordinal)) ?? Words(column);
    }

    /// <summary>Something meaningful that is made up, or the bare form.</summary>
    private static ProposedGenerator Personal(LearnedColumn column, string kind, List<string> texts)
    {
        var byName = GeneratorProposals.For(column.Entity.Name, column.Name, column.Field.Type, column.Field.MaxLength).FirstOrDefault(proposal => PersonalGenerators.KindOf(proposal.Generator) == kind);
        var made = PersonalGenerators.For(kind);
        if (byName is not null)
            return byName with { Reason = $"it holds personal data ({kind}), so values are made up" };
        if (made is not null && Generators.GeneratorCatalogue.Find(made)?.Types.Contains(column.Field.Type) == true && kind != "free_text")
            return new(made, ArgumentValues.Empty, $"it holds personal data ({kind}), so values are made up", 0.9);
        return (Format(texts, 0.9, literals: false) ?? Words(column)) with { Reason = $"it holds personal data ({kind}); only the form of the values is kept" };
    }

    private static ProposedGenerator? Format(List<string> texts, double leastShare, bool literals)
    {
        if (FormatInference.Find(texts, leastShare, literals) is not { } form || !form.Regex.Contains("[0-9]", StringComparison.Ordinal))
            return null;
        return new("pattern", ArgumentText.Of(("regex", form.Regex)), FormattableString.Invariant($"{form.Share:P0} of the values have the form {form.Regex}"), 0.8);
    }

    /// <summary>Words of about the lengths that the sample has.</summary>
    private static ProposedGenerator Words(LearnedColumn column)
    {
        var lengths = column.Profile.Profile.Lengths;
        var (mean, least, most) = (lengths?.Mean ?? 20, lengths?.Min ?? 5, lengths?.Max ?? 40);
        const double word = 6.5;
        var reason = FormattableString.Invariant($"texts of {least} to {most} characters");
        if (mean <= 10)
            return new("lorem.word", ArgumentValues.Empty, reason, 0.5);
        if (mean <= 30)
            return new("lorem.words", ArgumentText.Of(("count", Math.Max(2, (int)Math.Round(mean / word)))), reason, 0.5);
        var spread = Math.Min(mean - least, most - mean) / 2;
        return mean <= 400
            ? new("lorem.sentence", ArgumentText.Of(("minWords", Math.Max(1, (int)((mean - spread) / word))), ("maxWords", Math.Clamp((int)((mean + spread) / word) + 1, 2, 200))), reason, 0.5)
            : new("lorem.text", ArgumentText.Of(("length", (int)Math.Min(mean * 1.5, 100_000))), reason, 0.5);
    }
}
