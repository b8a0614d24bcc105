using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>What sample values tell: forms that everybody knows, few values that repeat, ranges, codes of one shape.</summary>
internal static partial class SampleRules
{
    private const int MostChoices = 20;

    private static readonly (string Generator, string Means, Regex Form)[] Forms =
    [
        ("internet.email", "e-mail addresses", Email()),
        ("uuid", "UUIDs", Uuid()),
        ("internet.url", "web addresses", Url()),
        ("internet.ipv4", "IP addresses", Ipv4()),
        ("internet.mac", "MAC addresses", Mac()),
        ("finance.iban", "IBANs", Iban()),
        ("phone.number", "phone numbers", Phone()),
    ];

    public static IEnumerable<ProposedGenerator> For(string field, FieldType type, IReadOnlyList<string?> samples)
    {
        var values = samples.Where(sample => !string.IsNullOrEmpty(sample)).Select(sample => sample!).ToList();
        if (values.Count == 0)
            return [];
        return type switch
        {
            FieldType.String => Texts(values),
            FieldType.Integer => Integers(field, values),
            FieldType.Decimal or FieldType.Double => Numbers(values),
            FieldType.Boolean => Booleans(values),
            FieldType.Date or FieldType.Timestamp => Moments(type, values),
            FieldType.Time => [],
            FieldType.Json => values.Distinct(StringComparer.Ordinal).Count() <= MostChoices ? [Choice(values, 0.5)] : [],
            _ => [],
        };
    }

    private static IEnumerable<ProposedGenerator> Texts(List<string> values)
    {
        foreach (var (generator, means, form) in Forms)
        {
            if (values.TrueForAll(value => form.IsMatch(value)))
            {
                yield return new(generator, ArgumentValues.Empty, $"all {values.Count} sample values are {means}", 0.95);
                break;
            }
        }

        if (Repeats(values))
            yield return Choice(values, values.Count >= 4 ? 0.93 : 0.75);
        if (Shape(values) is { } regex)
            yield return new("pattern", One("regex", regex), $"all {values.Count} sample values have the form {regex}", values.Count >= 5 ? 0.8 : 0.6);
    }

    private static IEnumerable<ProposedGenerator> Integers(string field, List<string> values)
    {
        var numbers = values.Select(value => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : (long?)null).OfType<long>().ToList();
        if (numbers.Count != values.Count)
            yield break;
        var step = numbers.Count > 1 ? numbers[1] - numbers[0] : 1;
        var counts = numbers.Count >= 3 && step > 0 && numbers.Zip(numbers.Skip(1)).All(pair => pair.Second - pair.First == step);
        if (counts)
            yield return new("sequence", Two("start", numbers[0], "step", step), $"the sample values count up by {step}", 0.9);
        var distinct = numbers.Distinct().Count() == numbers.Count;
        if (distinct && !counts && LegalNames.ToLegal(field).Split('_') is [.., "id" or "key" or "nr" or "no"])
            yield return new("sequence", One("start", numbers.Min()), "the sample values are all different, as keys are", 0.6);
        if (Repeats(values) && numbers.Distinct().Count() <= 6)
            yield return Choice(values, 0.6);
        yield return new("number.integer", Two("min", numbers.Min(), "max", numbers.Max()), FormattableString.Invariant($"the sample values lie between {numbers.Min()} and {numbers.Max()}"), 0.55);
    }

    private static IEnumerable<ProposedGenerator> Numbers(List<string> values)
    {
        var numbers = values.Select(value => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : (decimal?)null).OfType<decimal>().ToList();
        if (numbers.Count != values.Count)
            yield break;
        yield return new("number.decimal", Two("min", numbers.Min(), "max", numbers.Max()), FormattableString.Invariant($"the sample values lie between {numbers.Min()} and {numbers.Max()}"), 0.6);
        if (numbers.Count >= 8)
        {
            var mean = (double)numbers.Average();
            var deviation = Math.Round(Math.Sqrt(numbers.Average(number => ((double)number - mean) * ((double)number - mean))), 4);
            if (deviation > 0)
                yield return new("number.normal", GeneratorProposals.Read(FormattableString.Invariant($$"""{"mean":{{Math.Round(mean, 4)}},"stdDev":{{deviation}},"min":{{numbers.Min()}},"max":{{numbers.Max()}}}""")), FormattableString.Invariant($"the sample values average {Math.Round(mean, 2)}"), 0.5);
        }
    }

    private static IEnumerable<ProposedGenerator> Booleans(List<string> values)
    {
        var share = Math.Round(100.0 * values.Count(value => value is "true" or "t" or "1" or "yes") / values.Count);
        return [new("boolean", GeneratorProposals.Read(FormattableString.Invariant($$"""{"truePercent":{{share}}}""")), FormattableString.Invariant($"{share} % of the sample values are true"), 0.8)];
    }

    private static IEnumerable<ProposedGenerator> Moments(FieldType type, List<string> values)
    {
        var moments = values.Select(value => TimeText.TryParseInstant(value, 0, out var moment) ? moment : (long?)null).OfType<long>().ToList();
        if (moments.Count != values.Count)
            yield break;
        var form = type == FieldType.Date ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'";
        string Text(long micros) => DateTime.UnixEpoch.AddTicks(micros * 10).ToString(form, CultureInfo.InvariantCulture);
        yield return new("date.between", new([new("from", JsonValue.Of(Text(moments.Min()))), new("to", JsonValue.Of(Text(moments.Max())))]),
            $"the sample values lie between {Text(moments.Min())} and {Text(moments.Max())}", 0.6);
    }

    /// <summary>Few values that occur again and again.</summary>
    private static bool Repeats(List<string> values)
    {
        var distinct = values.Distinct(StringComparer.Ordinal).Count();
        return values.Count >= 3 && distinct <= MostChoices && distinct * 2 <= values.Count && values.TrueForAll(value => value.Length <= 60);
    }

    private static ProposedGenerator Choice(List<string> values, double confidence)
    {
        var counts = values.GroupBy(value => value, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        var weights = counts.ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return new("choice", new([new("values", JsonValue.Of(weights))]), counts.Count == 1 ? "the sample has one value only" : $"the sample has only {counts.Count} different values", confidence);
    }

    /// <summary>One regular expression for values that agree in letters, digits and signs, place by place.</summary>
    private static string? Shape(List<string> values)
    {
        var first = values[0];
        if (values.Count < 2 || first.Length is < 3 or > 30 || values.Distinct(StringComparer.Ordinal).Count() < 2 || !first.Any(char.IsAsciiDigit) || values.Exists(value => value.Length != first.Length))
            return null;
        var regex = new StringBuilder();
        var (last, repeat) = ("", 0);
        for (var i = 0; i <= first.Length; i++)
        {
            var part = i == first.Length ? "" : Class(values, i);
            if (part is null)
                return null;
            if (part == last)
            {
                repeat++;
                continue;
            }

            regex.Append(last).Append(repeat > 1 ? string.Create(CultureInfo.InvariantCulture, $"{{{repeat}}}") : "");
            (last, repeat) = (part, 1);
        }

        return regex.ToString();
    }

    private static string? Class(List<string> values, int at)
    {
        var c = values[0][at];
        if (values.TrueForAll(value => value[at] == c) && !char.IsAsciiDigit(c))
            return char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ' ' or ':' or '@' or '#' or ',' or '/' ? c.ToString() : @"\" + c;
        return values.TrueForAll(value => char.IsAsciiDigit(value[at])) ? "[0-9]"
            : values.TrueForAll(value => char.IsAsciiLetterUpper(value[at])) ? "[A-Z]"
            : values.TrueForAll(value => char.IsAsciiLetterLower(value[at])) ? "[a-z]"
            : values.TrueForAll(value => char.IsAsciiLetterUpper(value[at]) || char.IsAsciiDigit(value[at])) ? "[A-Z0-9]" : null;
    }

    private static ArgumentValues One(string name, object value) => new([new(name, JsonValue.Of(value))]);

    private static ArgumentValues Two(string first, object one, string second, object two) => new([new(first, JsonValue.Of(one)), new(second, JsonValue.Of(two))]);

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^https?://\S+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Url();

    [GeneratedRegex(@"^\d{1,3}(\.\d{1,3}){3}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ipv4();

    [GeneratedRegex(@"^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mac();

    [GeneratedRegex(@"^[A-Z]{2}\d{2}[A-Z0-9 ]{11,36}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Iban();

    [GeneratedRegex(@"^(\+|00|\(?0)[\d ()/.-]{6,20}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Phone();
}
