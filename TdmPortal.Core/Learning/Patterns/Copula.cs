using System.Globalization;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>Fields that rise and fall together, and how much.</summary>
internal sealed class Copula(LearnedEntity entity, List<LearnedFinding> findings)
{
    private const int MostFields = 40;
    private const int LeastRows = 30;

    /// <summary>Weaker ones are taken for chance.</summary>
    private const double Least = 0.1;

    /// <summary>Correlations that are told one by one.</summary>
    private const double Strong = 0.4;

    private static readonly string[] Ordered = ["number.histogram", "date.between", "boolean", "choice"];

    public void Fit()
    {
        var columns = entity.Columns.Where(column => column.IsFree && column.Proposal is { } proposal && Ordered.Contains(proposal.Generator, StringComparer.Ordinal) && proposal.Args["by"] is null && column.Profile.Profile.Distinct > 1).Take(MostFields).ToList();
        var values = columns.ToDictionary(column => column, column => Values(column, columns));
        var scores = columns.ConvertAll(column => NormalScores.Make(values[column]));
        var matrix = new double[columns.Count, columns.Count];
        for (var i = 0; i < columns.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var r = NormalScores.Correlation(scores[i], scores[j], LeastRows) ?? 0;
                matrix[i, j] = matrix[j, i] = Math.Abs(r) < Least ? 0 : Math.Round(r, 3);
                if (Math.Abs(r) >= Strong)
                    findings.Add(new("correlation", columns[j].Id, string.Create(CultureInfo.InvariantCulture, $"{columns[j].Name} and {columns[i].Name} of {entity.Name} {(r > 0 ? "rise and fall together" : "go in opposite directions")} (correlation {r:0.00}).")));
            }
        }

        int[] kept = [.. Enumerable.Range(0, columns.Count).Where(i => Enumerable.Range(0, columns.Count).Any(j => i != j && matrix[i, j] != 0))];
        if (kept.Length < 2)
            return;
        entity.Correlations.Add(new([.. kept.Select(i => columns[i].Name)], [.. kept.Select(IReadOnlyList<double> (i) => [.. kept.Select(j => i == j ? 1 : matrix[i, j])])]));
    }

    /// <summary>Numbers as they are; categories by their place in an order that follows the numbers they go with.</summary>
    private double[] Values(LearnedColumn column, List<LearnedColumn> columns)
    {
        if (column.Categories is null || column.IsNumber)
            return [.. entity.Sample.Select(row => row.Numbers[column.Place])];
        var guide = columns.Where(other => other.IsNumber).Select(other => (Column: other, Share: Explained(column, other))).OrderByDescending(one => one.Share).FirstOrDefault();
        if (guide.Column is not null && guide.Share > 0.02)
        {
            var means = Means(column, guide.Column);
            column.Categories = [.. column.Categories.OrderBy(category => means.GetValueOrDefault(category.Value).Mean)];
            column.Proposal = TextPattern.Choice(column.Categories) with { Reason = $"{column.Proposal!.Reason}, in the order of {guide.Column.Name}" };
        }

        var places = column.Categories.Select((category, place) => (category.Value, Place: (double)place)).ToDictionary(one => one.Value, one => one.Place, StringComparer.Ordinal);
        return [.. entity.Sample.Select(row => row.Texts[column.Place] is { } text && places.TryGetValue(text, out var place) ? place : double.NaN)];
    }

    /// <summary>The share of a number's variance that lies between categories.</summary>
    private double Explained(LearnedColumn category, LearnedColumn number)
    {
        var means = Means(category, number);
        var n = means.Values.Sum(one => one.Rows);
        if (n < LeastRows)
            return 0;
        var mean = means.Values.Sum(one => one.Mean * one.Rows) / n;
        var between = means.Values.Sum(one => one.Rows * (one.Mean - mean) * (one.Mean - mean));
        var all = entity.Sample.Where(row => row.Texts[category.Place] is not null && !double.IsNaN(row.Numbers[number.Place])).Sum(row => (row.Numbers[number.Place] - mean) * (row.Numbers[number.Place] - mean));
        return all > 0 ? between / all : 0;
    }

    private Dictionary<string, (double Mean, int Rows)> Means(LearnedColumn category, LearnedColumn number) => entity.Sample
        .Where(row => row.Texts[category.Place] is not null && !double.IsNaN(row.Numbers[number.Place]))
        .GroupBy(row => row.Texts[category.Place]!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (group.Average(row => row.Numbers[number.Place]), group.Count()), StringComparer.Ordinal);
}
