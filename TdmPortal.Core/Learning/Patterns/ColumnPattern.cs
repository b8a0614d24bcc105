using System.Globalization;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Schemas.Proposals;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>What makes values like those of a column, looked at by itself.</summary>
internal static class ColumnPattern
{
    private const int MostNumbersAsChoice = 20;

    public static ProposedGenerator Of(LearnedColumn column, LearnOptions options)
    {
        var (field, profile) = (column.Field, column.Profile.Profile);
        var fallback = Fallbacks.For(field.Name, field.Type, field.MaxLength).First();
        if (column.Profile.Filled == 0)
            return fallback with { Reason = "the sample has no value here" };
        switch (field.Type)
        {
            case FieldType.Boolean:
                var share = Math.Round(100.0 * (profile.Top.FirstOrDefault(top => top.Value == "true")?.Count ?? 0) / column.Profile.Filled, 2);
                return new("boolean", ArgumentText.Of(("truePercent", share)), FormattableString.Invariant($"{share} % of the values are true"), 0.95);
            case FieldType.Uuid:
                return new("uuid", ArgumentValues.Empty, "the values are UUIDs", 0.95);
            case FieldType.Json:
                return fallback with { Reason = "JSON is not copied from a sample" };
            case FieldType.String:
                return TextPattern.Of(column);
            case FieldType.Date or FieldType.Timestamp or FieldType.Time:
                return Moments(column) ?? fallback;
            default:
                return Numbers(column, options) ?? fallback;
        }
    }

    private static ProposedGenerator? Moments(LearnedColumn column)
    {
        if (column.Personal is { } kind && PersonalGenerators.For(kind) is { } made && Generators.GeneratorCatalogue.Find(made)?.Types.Contains(column.Field.Type) == true && kind == "birth_date" && column.Profile.Filled < 200)
            return new(made, ArgumentValues.Empty, "it holds personal data (birth_date), so values are made up", 0.9);
        return NumberPattern.Moments(column.Profile.Distribution!, column.Field.Type, column.Personal is not null);
    }

    private static ProposedGenerator? Numbers(LearnedColumn column, LearnOptions options)
    {
        var (field, profile, spread) = (column.Field, column.Profile.Profile, column.Profile.Distribution!);
        if (column.Entity.Pass.Counting[column.Place] is { Step: { } step } counting && column.IsDistinct && column.Personal is null)
            return new("sequence", ArgumentText.Of(("start", counting.First), ("step", step)), string.Create(CultureInfo.InvariantCulture, $"the values count up by {step}"), 0.97);
        if (column.IsKey)
            return new("sequence", ArgumentValues.Empty, "no value comes twice, as in keys", 0.85);
        if (column.Personal is { } kind)
        {
            if (PersonalGenerators.For(kind) is { } made && Generators.GeneratorCatalogue.Find(made)?.Types.Contains(field.Type) == true)
                return new(made, ArgumentValues.Empty, $"it holds personal data ({kind}), so values are made up", 0.9);
            return NumberPattern.Histogram(spread, field.Type, field.Scale ?? 2, coarse: true) is { } coarse ? coarse with { Reason = $"it holds personal data ({kind}); only a rough spread is kept" } : null;
        }

        if (profile.TopIsAll && profile.Top.Count <= MostNumbersAsChoice && profile.Top.All(top => top.Count >= options.LeastRows))
        {
            // In order, so that they can rise and fall with other fields.
            column.Categories = [.. profile.Top.OrderBy(top => double.Parse(top.Value, CultureInfo.InvariantCulture)).Select(top => (top.Value, top.Count))];
            return TextPattern.Choice(column.Categories);
        }

        return NumberPattern.Histogram(spread, field.Type, field.Scale ?? 2, coarse: false);
    }
}
