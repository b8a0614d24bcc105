using System.Globalization;
using TdmPortal.Core.Quality;

namespace TdmPortal.Web.Quality;

/// <summary>Scores, shares and the names of what is measured, as people read them.</summary>
public static class QualityWords
{
    private const double Good = 0.95;
    private const double Fair = 0.8;
    private static readonly string[] Counts = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

    /// <summary>"98.4 %"; what is not all never reads as 100 %, what is not nothing never as 0 %. A dash where it is not known.</summary>
    public static string Percent(double? share)
    {
        if (share is not { } value)
            return "–";
        var tenths = Math.Round(value * 1000, MidpointRounding.AwayFromZero);
        return tenths switch
        {
            >= 1000 when value < 1 => "> 99.9 %",
            <= 0 when value > 0 => "< 0.1 %",
            _ => (tenths / 10).ToString("0.#", CultureInfo.InvariantCulture) + " %",
        };
    }

    /// <summary>A difference of two shares: "−1.2 points", "+0.4 points", "unchanged"; empty where one of them is not known.</summary>
    public static string Points(double? before, double? after)
    {
        if (before is not { } one || after is not { } other)
            return "";
        var difference = other - one;
        if (difference == 0)
            return "unchanged";
        var size = Math.Abs(difference) * 100;
        if (size < 0.005)
            return difference < 0 ? "a trace less" : "a trace more";
        var text = size.ToString(size < 0.05 ? "0.##" : "0.#", CultureInfo.InvariantCulture);
        return $"{(difference < 0 ? "−" : "+")}{text} {(text == "1" ? "point" : "points")}";
    }

    /// <summary>"Three", "12".</summary>
    public static string Count(int count) => count < Counts.Length ? Counts[count] : count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The class that colours a score; the number beside it says the same.</summary>
    public static string Look(double? score) => score switch { null => "", >= Good => "good", >= Fair => "warn", _ => "bad" };

    public static string Look(RuleSeverity severity) => severity switch { RuleSeverity.Error => "bad", RuleSeverity.Warning => "warn", _ => "info" };

    /// <summary>What a metric is called.</summary>
    public static string Name(QualityMetric metric) => metric == QualityMetric.Business ? "Business rules" : metric.ToString();

    /// <summary>What a metric means, in one sentence.</summary>
    public static string Meaning(QualityMetric metric) => metric switch
    {
        QualityMetric.Completeness => "Values that are there, of those that are required.",
        QualityMetric.Consistency => "Rows that agree with themselves and with rows elsewhere: keys, orders, sums.",
        QualityMetric.Accuracy => "How like the reference the data is. Not known without one.",
        QualityMetric.Validity => "Values in the right form: types, patterns, lengths, sets, ranges.",
        QualityMetric.Uniqueness => "Keys that occur once.",
        _ => "Rows that keep the rules of the team's business.",
    };

    /// <summary>What a level looks at.</summary>
    public static string Meaning(QualityLevel level) => level switch
    {
        QualityLevel.Basic => "Structure: rows, nulls, rules, keys and scenarios.",
        QualityLevel.Standard => "And statistics: distinct values, histograms, most frequent values, likeness to a reference.",
        _ => "And pairs of columns, coverage for testers and privacy.",
    };

    /// <summary>What a severity brings about.</summary>
    public static string Meaning(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => "The gate does not let the version through.",
        RuleSeverity.Warning => "It is shown and told; the version still goes live.",
        _ => "Worth knowing.",
    };

    /// <summary>What a kind of rule is about.</summary>
    public static string Name(RuleKind kind) => kind == RuleKind.Business ? "Business" : kind.ToString();

    /// <summary>What coverage is about, as a heading.</summary>
    public static string CoverageKind(string kind) => kind switch
    {
        "boundaries" => "Boundaries",
        "nulls" => "Nulls",
        "empty" => "Empty texts",
        "values" => "Values",
        "pairs" => "Pairs of values",
        "transitions" => "Changes of state",
        _ => kind.Length == 0 ? kind : char.ToUpperInvariant(kind[0]) + kind[1..],
    };
}
