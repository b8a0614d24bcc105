using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Tests.Web.Quality;

/// <summary>Reports written by hand: of shop data with a good and a worse version.</summary>
internal static class MadeReports
{
    public static QualityRule EmailIsThere { get; } = new() { Name = "email is never empty", Kind = RuleKind.Completeness, Entity = "customer", Columns = ["email"], Check = "not_null" };

    public static QualityRule EndsAfter { get; } = new() { Name = "order ends after it begins", Kind = RuleKind.Consistency, Entity = "order", Columns = ["begins", "ends"], Check = "date_order", Severity = RuleSeverity.Warning };

    /// <summary>All is well.</summary>
    public static QualityReport Good { get; } = Make(nulls: 0, tiers: [("gold", 200), ("silver", 300), ("bronze", 500)], failing: 0, mean: 50);

    /// <summary>48 of 1,000 e-mails are null, gold is never there, amounts moved up, 3 orders end before they begin.</summary>
    public static QualityReport Worse { get; } = Make(nulls: 48, tiers: [("silver", 420), ("bronze", 580)], failing: 3, mean: 70);

    private static QualityReport Make(long nulls, (string Value, long Count)[] tiers, long failing, double mean)
    {
        var completeness = 1 - (nulls / 1000.0);
        var consistency = 1 - (failing / 400.0);
        var scenario = new Scenario { Name = "gold customer with an overdue invoice", Entity = "customer", Condition = "tier = 'gold' and count(invoice_customer) > 0", AtLeast = 20, Make = true };
        var gold = tiers.FirstOrDefault(tier => tier.Value == "gold").Count;
        MetricScore Metric(QualityMetric metric, double? value, int measures) => new(metric, value, 1, measures);
        MetricScore[] metrics = [Metric(QualityMetric.Completeness, completeness, 4), Metric(QualityMetric.Consistency, consistency, 2), Metric(QualityMetric.Accuracy, null, 0), Metric(QualityMetric.Validity, 1, 7), Metric(QualityMetric.Uniqueness, 1, 2), Metric(QualityMetric.Business, 1, 1)];
        var known = metrics.Where(metric => metric.Value is not null).ToList();
        return new QualityReport
        {
            Level = QualityLevel.Premium,
            Score = known.Average(metric => metric.Value),
            Metrics = metrics,
            Entities =
            [
                new EntityQuality
                {
                    Name = "customer",
                    Rows = 1000,
                    SampledRows = 1000,
                    Score = completeness,
                    Columns =
                    [
                        new(new ColumnProfile { Name = "id", Type = FieldType.Integer, Rows = 1000, Nulls = 0, Distinct = 1000, Min = "1", Max = "1000", Mean = 500.5, Histogram = new([1, 250.75, 500.5, 750.25, 1000], ["1", "251", "501", "750", "1000"], [250, 250, 250, 250]) }, []),
                        new(new ColumnProfile { Name = "email", Type = FieldType.String, Rows = 1000, Nulls = nulls, Distinct = 1000 - nulls, Min = "a.adler@example.com", Max = "z.zorn@example.com", Top = [new("a.adler@example.com", 1)], Lengths = new(12, 31, 19.4) }, [Metric(QualityMetric.Completeness, completeness, 1)]),
                        new(new ColumnProfile { Name = "tier", Type = FieldType.String, Rows = 1000, Nulls = 0, Distinct = tiers.Length, Min = "bronze", Max = "silver", Top = [.. tiers.OrderByDescending(tier => tier.Count).Select(tier => new TopValue(tier.Value, tier.Count))], TopIsAll = true }, []),
                        new(new ColumnProfile { Name = "amount", Type = FieldType.Decimal, Rows = 1000, Nulls = 0, Distinct = 873, Min = "0.00", Max = "100.00", Mean = mean, StandardDeviation = 14.2, Skewness = 0.1, Quantiles = [new(0.05, 20, "20.00"), new(0.5, mean, mean.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)), new(0.95, 95, "95.00")], Histogram = new([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], ["0", "10", "20", "30", "40", "50", "60", "70", "80", "90", "100"], [.. Enumerable.Range(0, 10).Select(bar => (long)Math.Round(282 * Math.Exp(-Math.Pow((bar * 10) + 5 - mean, 2) / 400)))]) }, []),
                    ],
                    Pairs = [new("tier", "amount", "cramer", 0.42, 0.44), new("id", "amount", "pearson", -0.71, mean > 60 ? -0.2 : -0.7), new("id", "tier", "cramer", 0.03)],
                },
                new EntityQuality { Name = "order", Rows = 400, SampledRows = 200, Score = consistency, Columns = [new(new ColumnProfile { Name = "begins", Type = FieldType.Date, Rows = 400, Nulls = 0, Distinct = 300, Min = "2024-01-01", Max = "2025-12-31", Mean = 20000, Histogram = new([19723, 20088, 20453], ["2024-01-01", "2024-12-31", "2025-12-31"], [180, 220]) }, [])] },
            ],
            Rules =
            [
                new() { Rule = EmailIsThere, Evaluated = 1000, Failing = nulls, Rows = [.. Enumerable.Range(0, (int)nulls).Select(row => new FailingRow(row * 20, $"{row * 20}", [null]))] },
                new() { Rule = EndsAfter, Evaluated = 400, Failing = failing, Rows = [.. Enumerable.Range(0, (int)failing).Select(row => new FailingRow(row, $"{row}", ["2025-03-02", "2025-03-01"]))] },
                new() { Rule = new() { Name = "amount is between 0 and 100", Kind = RuleKind.Format, Entity = "customer", Columns = ["amount"], Check = "between" }, Evaluated = 1000, Failing = 0 },
            ],
            Scenarios = [new(scenario, gold, [.. Enumerable.Range(0, (int)Math.Min(gold, 6)).Select(row => new FailingRow(row, $"{row + 1}", []))])],
            Fidelity = new("version 12", 0.93, [new("Column shapes", 0.93, true, [new("customer.amount", "KSComplement", 0.91), new("customer.tier", "TVComplement", 0.95)]), new("New rows", 0.998, false, [new("customer", "NewRowSynthesis", 0.998), new("order", "DCROverfittingProtection", null, "There are too few rows.")])]),
            Coverage = new(gold > 0 ? 1 : 0.8, [new("values", "customer.tier", tiers.Length, 3, [.. gold > 0 ? Array.Empty<CoverageItem>() : [new CoverageItem("tier = gold", 0)], .. tiers.Select(tier => new CoverageItem($"tier = {tier.Value}", tier.Count))]), new("nulls", "customer.email", 2, 2, [new("null", nulls), new("a value", 1000 - nulls)])]),
            Suggestions = nulls == 0 ? [] : [new() { Finding = "email: 4.8 % are null", Action = "set nullPercent 0", Kind = SuggestionKind.Schema, Entity = "customer", Field = "email", Property = "nullPercent", Value = "0" }, new() { Finding = "tier: gold never appears", Action = "look at the weights", Kind = SuggestionKind.Advice, Entity = "customer", Field = "tier" }],
        };
    }
}
