using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Generation;
using Xunit;

namespace TdmPortal.Tests.Generators;

/// <summary>
/// Values under a fixed seed against what they are to be: Pearson's chi-square for choices, Kolmogorov and Smirnov's test for
/// numbers and dates, and zipf's exponent by maximum likelihood. A right generator fails a test of one seed in a thousand.
/// </summary>
public sealed class DistributionTests
{
    private const int Count = 50_000;
    private const double Rare = 0.001;
    private static readonly DateTimeOffset AsOf = new GenerationOptions().AsOf;

    [Fact]
    public void Normal_Measured_HasMeanAndDeviation()
    {
        var values = Numbers("number.normal", """{"mean":10,"stdDev":3}""");
        var mean = values.Average();

        Assert.Equal(10, mean, 0.05);
        Assert.Equal(3, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 0.05);
        AssertFollows(values, x => Normal.Below((x - 10) / 3));
    }

    [Fact]
    public void NormalWithBounds_Measured_IsCutOffAndNotHeaped()
    {
        var values = Numbers("number.normal", """{"mean":0,"stdDev":1,"min":-0.5,"max":2}""");
        var (low, high) = (Normal.Below(-0.5), Normal.Below(2));

        Assert.All(values, value => Assert.InRange(value, -0.5, 2));
        AssertFollows(values, x => (Normal.Below(x) - low) / (high - low));
    }

    [Fact]
    public void LogNormal_Measured_HasANormalLogarithm() =>
        AssertFollows(Numbers("number.logNormal", """{"mean":2,"stdDev":0.5}"""), x => Normal.Below((Math.Log(x) - 2) / 0.5));

    [Fact]
    public void Exponential_Measured_FollowsItsFunction() =>
        AssertFollows(Numbers("number.exponential", """{"mean":30}"""), x => 1 - Math.Exp(-x / 30));

    [Fact]
    public void Amount_Measured_IsFlatOnALogarithmicScale() =>
        AssertFollows(Numbers("finance.amount", """{"min":1,"max":10000}"""), x => (Math.Log(x + 1) - Math.Log(2)) / (Math.Log(10_001) - Math.Log(2)));

    [Fact]
    public void CreditScore_Measured_IsNormalWithinItsBounds()
    {
        var (low, high) = (Normal.Below((300.0 - 690) / 90), Normal.Below((850.0 - 690) / 90));

        AssertFollows(Numbers("finance.creditScore", "{}"), x => (Normal.Below((x - 690) / 90) - low) / (high - low));
    }

    [Fact]
    public void Histogram_Measured_FollowsItsBars()
    {
        double[] bounds = [0, 18, 30, 65, 100], below = [0, 0.05, 0.30, 0.90, 1];

        AssertFollows(Numbers("number.histogram", """{"bounds":[0,18,30,65,100],"weights":[5,25,60,10]}"""), x =>
        {
            var bar = Math.Clamp(Array.FindLastIndex(bounds, bound => bound <= x), 0, 3);
            return below[bar] + ((x - bounds[bar]) / (bounds[bar + 1] - bounds[bar]) * (below[bar + 1] - below[bar]));
        });
    }

    [Theory]
    [InlineData("number.decimal", """{"min":-3,"max":7}""", FieldType.Double, -3, 7)]
    [InlineData("number.decimal", """{"min":-3,"max":7}""", FieldType.Decimal, -3, 7.005)]
    [InlineData("number.integer", """{"min":-50000,"max":49999}""", FieldType.Integer, -50_001, 49_999)]
    [InlineData("number.integer", "{}", FieldType.Decimal, -1, 1000)]
    [InlineData("number.percent", "{}", FieldType.Decimal, -1, 100)]
    [InlineData("date.year", """{"min":1900,"max":2099}""", FieldType.Integer, 1899, 2099)]
    [InlineData("internet.port", """{"min":1024,"max":65535}""", FieldType.Integer, 1023, 65_535)]
    public void UniformNumbers_Measured_AreFlat(string name, string args, FieldType type, double below, double last) =>
        AssertFollows(Numbers(name, args, type), x => (x - below) / (last - below));

    [Theory]
    [InlineData("date.between", """{"from":"2020-01-01","to":"2029-12-31"}""", FieldType.Timestamp, -2192, 1460)]
    [InlineData("date.between", """{"from":"1940-01-01","to":"2007-12-31"}""", FieldType.Date, -31_413, -6576)]
    [InlineData("date.between", """{"from":"now-2y","to":"now"}""", FieldType.Timestamp, -731, 0)]
    [InlineData("date.past", """{"years":3}""", FieldType.Timestamp, -1096, 0)]
    [InlineData("date.future", """{"years":1}""", FieldType.Timestamp, 0, 365)]
    [InlineData("date.recent", """{"days":30}""", FieldType.Timestamp, -30, 0)]
    [InlineData("date.soon", """{"days":30}""", FieldType.Timestamp, 0, 30)]
    public void Dates_Measured_AreFlatBetweenTheirBounds(string name, string args, FieldType type, double firstDay, double lastDay)
    {
        var days = Running.Rows(name, Count, args, type).Select(text => (DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - AsOf).TotalDays).ToList();
        var width = type == FieldType.Date ? 1 : 1.0 / 86_400;

        Assert.All(days, day => Assert.InRange(day, firstDay, lastDay));
        AssertFollows(days, x => (x - firstDay + width) / (lastDay - firstDay + width));
    }

    [Fact]
    public void TimesOfDay_Measured_AreFlatBetweenTheirBounds()
    {
        var seconds = Running.Rows("date.timeOfDay", Count, """{"from":"08:00:00","to":"17:59:59"}""").Select(text => TimeOnly.Parse(text, CultureInfo.InvariantCulture).ToTimeSpan().TotalSeconds);

        AssertFollows(seconds, x => (x - 28_799) / 36_000);
    }

    [Fact]
    public void DateAfter_Measured_IsFlatBetweenItsDurations()
    {
        var plan = Plans.Compile(Plans.Read("""
            { "name": "d", "entities": [ { "name": "t", "rows": 20000, "fields": [
              { "name": "begun", "type": "timestamp", "generator": "date.between", "args": { "from": "now-2y", "to": "now" } },
              { "name": "ended", "type": "timestamp", "generator": "date.after", "args": { "of": "begun", "min": "2d", "max": "12d" } } ] } ] }
            """));
        var days = plan.Preview(plan.Entity("t"), 0, 20_000).Cells.Select(row => (Instant(row[1]) - Instant(row[0])).TotalDays);

        AssertFollows(days, x => (x - 2) / 10);

        static DateTimeOffset Instant(string? text) => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(50, 0.6)]
    [InlineData(50, 1.0)]
    [InlineData(1000, 1.0)]
    [InlineData(1000, 1.6)]
    public void Zipf_Measured_HasItsSharesAndItsExponent(int ranks, double exponent)
    {
        var values = Numbers("number.zipf", string.Create(CultureInfo.InvariantCulture, $$"""{"max":{{ranks}},"exponent":{{exponent}}}"""));
        var counts = new double[ranks];
        foreach (var value in values)
            counts[(int)value - 1]++;

        // Far ranks together, so that ten are expected at least.
        var weights = Enumerable.Range(1, ranks).Select(rank => Math.Pow(rank, -exponent)).ToArray();
        var head = Math.Min(ranks, 30);
        Assert.True(ChiSquare.Probability([.. counts[..head], counts[head..].Sum() + 1e-9], [.. weights[..head], weights[head..].Sum() + 1e-9]) > Rare);
        Assert.Equal(exponent, ZipfExponent.Fit(counts), 0.02);
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(1.0)]
    [InlineData(1.4)]
    public void ZipfRelationship_Measured_HasItsExponent(double exponent)
    {
        var plan = Plans.Compile(Plans.Read(string.Create(CultureInfo.InvariantCulture, $$"""
            { "name": "d", "entities": [
              { "name": "parent", "rows": 300, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" }, { "name": "n", "type": "integer", "generator": "expression", "args": { "value": "count(child_parent)" } } ], "primaryKey": ["id"] },
              { "name": "child", "rows": 100000, "fields": [ { "name": "parent_id", "type": "integer" } ] } ],
              "relationships": [ { "name": "child_parent", "from": { "entity": "child", "fields": ["parent_id"] }, "to": { "entity": "parent", "fields": ["id"] }, "distribution": { "kind": "zipf", "exponent": {{exponent}} } } ] }
            """)));
        var counts = Plans.Column(plan, "parent", "n").Select(text => double.Parse(text!, CultureInfo.InvariantCulture)).ToList();

        // The parents come in a shuffled order: the most popular one is the first rank.
        Assert.Equal(100_000, counts.Sum());
        Assert.Equal(exponent, ZipfExponent.Fit([.. counts.OrderDescending()]), 0.02);
        Assert.NotEqual(counts.OrderDescending(), counts);
    }

    [Theory]
    [InlineData("""["a","b","c","d"]""", new[] { 1.0, 1, 1, 1 })]
    [InlineData("""{"a":70,"b":20,"c":9,"d":1}""", new[] { 70.0, 20, 9, 1 })]
    [InlineData("""{"a":0.5,"b":1.5,"c":0,"d":6}""", new[] { 0.5, 1.5, 1e-9, 6 })]
    public void Choice_Measured_HasItsWeights(string values, double[] weights)
    {
        var drawn = Running.Rows("choice", Count, $$"""{"values":{{values}}}""");
        double[] counts = [.. new[] { "a", "b", "c", "d" }.Select(text => (double)drawn.Count(value => value == text))];

        Assert.True(ChiSquare.Probability(counts, weights) > Rare);
    }

    [Fact]
    public void ChoiceByAnotherField_Measured_HasTheWeightsOfEachCase()
    {
        var plan = Plans.Compile(Plans.Read("""
            { "name": "d", "entities": [ { "name": "t", "rows": 40000, "fields": [
              { "name": "country", "type": "string", "generator": "choice", "args": { "values": { "DE": 5, "FR": 3, "US": 2 } } },
              { "name": "size", "type": "string", "generator": "choice", "args": { "by": "country", "cases": { "DE": { "s": 1, "m": 2, "l": 7 }, "FR": ["s", "m", "l"] }, "else": { "s": 98, "m": 1, "l": 1 } } } ] } ] }
            """));
        var rows = plan.Preview(plan.Entity("t"), 0, 40_000).Cells;

        foreach (var (country, weights) in new (string, double[])[] { ("DE", [1, 2, 7]), ("FR", [1, 1, 1]), ("US", [98, 1, 1]) })
            Assert.True(ChiSquare.Probability([.. new[] { "s", "m", "l" }.Select(size => (double)rows.Count(row => row[0] == country && row[1] == size))], weights) > Rare, country);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(30)]
    [InlineData(99)]
    public void Boolean_Measured_HasItsShare(double percent)
    {
        var trues = Running.Rows("boolean", Count, string.Create(CultureInfo.InvariantCulture, $$"""{"truePercent":{{percent}}}""")).Count(value => value == "true");

        Assert.Equal(percent / 100, trues / (double)Count, 4 * Math.Sqrt(percent / 100 * (1 - (percent / 100)) / Count));
    }

    [Fact]
    public void Digits_OfAPattern_AreFlatAndIndependent()
    {
        var values = Running.Rows("pattern", Count, """{"regex":"[0-9]{2}"}""");

        Assert.True(ChiSquare.Probability([.. Enumerable.Range(0, 100).Select(number => (double)values.Count(value => value == number.ToString("00", CultureInfo.InvariantCulture)))], [.. Enumerable.Repeat(1.0, 100)]) > Rare);
    }

    private static void AssertFollows(IEnumerable<double> values, Func<double, double> distribution) =>
        Assert.InRange(KolmogorovSmirnov.Probability(values, distribution), Rare, 1);

    private static double[] Numbers(string name, string args, FieldType type = FieldType.Double) => [.. Running.Rows(name, Count, args, type).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
}
