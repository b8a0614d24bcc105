using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>Columns that are worked out of others in every sampled row: products, sums, differences, shares, texts put together.</summary>
internal sealed class Formulas(LearnedEntity entity, List<LearnedFinding> findings)
{
    private const int LeastRows = 20;
    private const int MostNumbers = 14;
    private const int MostTexts = 14;

    private static readonly string[] Between = [" ", ", ", "-", ".", "_", "/", ""];

    public void Find()
    {
        var numbers = entity.Columns.Where(column => !column.IsKey && !column.IsForeign && column.Field.Array is null && column.Field.Type is FieldType.Integer or FieldType.Decimal or FieldType.Double && column.Profile.Profile.Distinct > 2).Take(MostNumbers).ToList();
        // The later column is taken for the result first; a result is no operand of what it came from.
        foreach (var result in Enumerable.Reverse(numbers).Where(column => column.IsFree))
        {
            if (Number(result, [.. numbers.Where(column => column != result && !DependsOn(column, result))]) is { } formula)
                Take(result, formula);
        }

        var texts = entity.Columns.Where(column => !column.IsKey && !column.IsForeign && column.Field is { Array: null, Type: FieldType.String }).Take(MostTexts).ToList();
        foreach (var result in Enumerable.Reverse(texts).Where(column => column.IsFree))
        {
            if (Text(result, [.. texts.Where(column => column != result && !DependsOn(column, result))]) is { } formula)
                Take(result, formula);
        }
    }

    private readonly Dictionary<LearnedColumn, LearnedColumn[]> operands = [];

    private bool DependsOn(LearnedColumn column, LearnedColumn on) => operands.TryGetValue(column, out var known) && known.Any(operand => operand == on || DependsOn(operand, on));

    private void Take(LearnedColumn result, (string Text, LearnedColumn[] Operands) formula)
    {
        operands[result] = formula.Operands;
        result.IsDerived = true;
        result.Categories = null;
        result.Proposal = new("expression", ArgumentText.Of(("value", formula.Text)), $"it is {formula.Text} in every row looked at", 0.95);
        result.Field = result.Field with { NullPercent = null };
        findings.Add(new("dependency", result.Id, $"{result.Name} of {entity.Name} is {formula.Text}."));
    }

    private (string, LearnedColumn[])? Number(LearnedColumn result, List<LearnedColumn> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var one = columns[i];
            if (Share(result, one) is { } share)
                return ($"{one.Name} * {share.ToString(CultureInfo.InvariantCulture)}", [one]);
            for (var j = i + 1; j < columns.Count; j++)
            {
                var other = columns[j];
                if (Holds(result, one, other, static (a, b) => a * b))
                    return ($"{one.Name} * {other.Name}", [one, other]);
                if (Holds(result, one, other, static (a, b) => a + b))
                    return ($"{one.Name} + {other.Name}", [one, other]);
                if (Holds(result, one, other, static (a, b) => a - b))
                    return ($"{one.Name} - {other.Name}", [one, other]);
                if (Holds(result, one, other, static (a, b) => b - a))
                    return ($"{other.Name} - {one.Name}", [one, other]);
            }
        }

        return null;
    }

    /// <summary>Half a unit of the result, and a little for binary fractions.</summary>
    private static double Tolerance(LearnedColumn result, double value) => (result.Field.Type switch
    {
        FieldType.Integer => 0.5,
        FieldType.Decimal => 0.5 / (double)PowersOfTen.Wide(Math.Min(result.Field.Scale ?? 2, 18)),
        _ => 0,
    }) + (1e-9 * Math.Abs(value));

    private bool Holds(LearnedColumn result, LearnedColumn one, LearnedColumn other, Func<double, double, double> of)
    {
        var rows = 0;
        var values = new HashSet<double>();
        foreach (var row in entity.Sample)
        {
            var (a, b, c) = (row.Numbers[one.Place], row.Numbers[other.Place], row.Numbers[result.Place]);
            if (double.IsNaN(a) || double.IsNaN(b))
            {
                if (!double.IsNaN(c))
                    return false;
                continue;
            }

            var value = of(a, b);
            if (double.IsNaN(c) || Math.Abs(value - c) > Tolerance(result, value))
                return false;
            rows++;
            if (a != 0 && b != 0)
                values.Add(c);
        }

        return rows >= LeastRows && values.Count > 5;
    }

    /// <summary>A factor of few digits by which one is the other.</summary>
    private decimal? Share(LearnedColumn result, LearnedColumn one)
    {
        var largest = entity.Sample.Where(row => !double.IsNaN(row.Numbers[one.Place]) && !double.IsNaN(row.Numbers[result.Place])).MaxBy(row => Math.Abs(row.Numbers[one.Place]));
        if (largest is null || largest.Numbers[one.Place] == 0)
            return null;
        var ratio = largest.Numbers[result.Place] / largest.Numbers[one.Place];
        if (!(Math.Abs(ratio) is > 1e-4 and < 1e6))
            return null;
        var factor = Math.Round((decimal)ratio, 4);
        return factor is not (0 or 1) && Holds(result, one, one, (a, _) => a * (double)factor) ? factor : null;
    }

    private (string, LearnedColumn[])? Text(LearnedColumn result, List<LearnedColumn> columns)
    {
        foreach (var one in columns)
        {
            foreach (var (function, of) in new (string, Func<string, string>)[] { ("upper", text => text.ToUpperInvariant()), ("lower", text => text.ToLowerInvariant()) })
            {
                if (HoldsText(result, [one], texts => of(texts[0])) && !HoldsText(result, [one], texts => texts[0]))
                    return ($"{function}({one.Name})", [one]);
            }

            foreach (var other in columns.Where(other => other != one))
            {
                foreach (var between in Between)
                {
                    if (HoldsText(result, [one, other], texts => texts[0] + between + texts[1]))
                        return (between.Length == 0 ? $"concat({one.Name}, {other.Name})" : $"concat({one.Name}, '{between}', {other.Name})", [one, other]);
                }
            }
        }

        return null;
    }

    private bool HoldsText(LearnedColumn result, LearnedColumn[] from, Func<string[], string> of)
    {
        var rows = 0;
        var texts = new string[from.Length];
        foreach (var row in entity.Sample)
        {
            for (var i = 0; i < from.Length; i++)
            {
                if (row.Texts[from[i].Place] is not { } text)
                    return false;
                texts[i] = text;
            }

            if (row.Texts[result.Place] is not { } whole || whole != of(texts))
                return false;
            rows++;
        }

        return rows >= LeastRows;
    }
}
