using System.Globalization;
using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Learning;

/// <summary>Fields whose values go together, each as its generator spreads it.</summary>
[Trait("Requirement", "D3")]
public sealed class CorrelationTests
{
    private const string Fields = """
        { "name": "id", "type": "integer", "generator": "sequence" },
        { "name": "a", "type": "decimal", "generator": "number.normal", "args": { "mean": 100, "stdDev": 15 } },
        { "name": "b", "type": "integer", "generator": "number.histogram", "args": { "bounds": [0, 10, 100, 1000], "weights": [50, 30, 20] } },
        { "name": "c", "type": "date", "generator": "date.between", "args": { "from": "2020-01-01", "to": "2024-12-31" } },
        { "name": "d", "type": "string", "generator": "choice", "args": { "values": { "small": 50, "medium": 30, "large": 20 } } },
        { "name": "e", "type": "boolean", "generator": "boolean", "args": { "truePercent": 30 } },
        { "name": "f", "type": "double", "generator": "number.exponential", "args": { "mean": 5, "max": 20 }, "nullPercent": 20 }
        """;

    private const string Matrix = "[[1,0.8,0.6,0.7,0.5,-0.6],[0.8,1,0.5,0.6,0.4,-0.5],[0.6,0.5,1,0.4,0.3,-0.4],[0.7,0.6,0.4,1,0.3,-0.4],[0.5,0.4,0.3,0.3,1,-0.3],[-0.6,-0.5,-0.4,-0.4,-0.3,1]]";

    private static string Schema(string correlations) => $$"""{ "name": "t", "entities": [ { "name": "t", "rows": 20000, "fields": [ {{Fields}} ], "primaryKey": ["id"]{{correlations}} } ] }""";

    private static SchemaDocument Correlated(string fields = "\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"", string matrix = Matrix) => Read(Schema($", \"correlations\": [ {{ \"fields\": [{fields}], \"matrix\": {matrix} }} ]"));

    private static SchemaDocument Read(string json)
    {
        var read = SchemaReader.ReadAndValidate(Encoding.UTF8.GetBytes(json));
        Assert.DoesNotContain(read.Problems, problem => problem.Severity == ProblemSeverity.Error);
        return read.Document!;
    }

    private static List<double?[]> Rows(SchemaDocument document, long first = 0, long count = 20_000)
    {
        var plan = GenerationPlan.Compile(document, new()).Plan!;
        using var stream = new MemoryStream();
        plan.Write(plan.Entities[0], first, count, RowFormat.Csv, stream);
        return [.. Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',').Select(Number).ToArray())];
    }

    private static double? Number(string cell) => cell switch
    {
        "" => null,
        "small" or "false" => 0,
        "medium" or "true" => 1,
        "large" => 2,
        _ => DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.DayNumber : double.Parse(cell, CultureInfo.InvariantCulture),
    };

    private static double Correlation(List<double?[]> rows, int one, int other)
    {
        var pairs = rows.Where(row => row[one] is not null && row[other] is not null).Select(row => (X: row[one]!.Value, Y: row[other]!.Value)).ToList();
        var (x, y) = (Ranks([.. pairs.Select(pair => pair.X)]), Ranks([.. pairs.Select(pair => pair.Y)]));
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y).Sum(pair => (pair.First - meanX) * (pair.Second - meanY)) / Math.Sqrt(x.Sum(v => (v - meanX) * (v - meanX)) * y.Sum(v => (v - meanY) * (v - meanY)));
    }

    private static double[] Ranks(double[] values)
    {
        var sorted = values.Order().ToArray();
        return [.. values.Select(value => (double)Array.BinarySearch(sorted, value))];
    }

    [Fact]
    public void Generate_CorrelatedFields_GoTogetherAsTheMatrixSays()
    {
        var rows = Rows(Correlated());

        // Spearman's correlation of normals with 0.8 is 0.786, 6/π asin(r/2).
        Assert.Equal(0.786, Correlation(rows, 1, 2), 0.03);
        Assert.Equal(0.582, Correlation(rows, 1, 3), 0.03);
        Assert.Equal(0.483, Correlation(rows, 2, 3), 0.03);
        Assert.Equal(-0.582, Correlation(rows, 1, 6), 0.03);
        Assert.InRange(Correlation(rows, 1, 4), 0.55, 0.75);
        Assert.InRange(Correlation(rows, 1, 5), 0.25, 0.6);
    }

    [Fact]
    public void Generate_CorrelatedFields_KeepTheirOwnDistribution()
    {
        var (with, without) = (Rows(Correlated()), Rows(Read(Schema(""))));

        foreach (var field in Enumerable.Range(1, 6))
        {
            var (one, other) = (with.Select(row => row[field]).OfType<double>().Order().ToArray(), without.Select(row => row[field]).OfType<double>().Order().ToArray());
            Assert.InRange(one.Length, other.Length, other.Length);
            foreach (var value in other.Where((_, i) => i % 500 == 0))
                Assert.Equal(other.Count(x => x <= value) / (double)other.Length, one.Count(x => x <= value) / (double)one.Length, 0.02);
        }

        Assert.Equal(0, Correlation(without, 1, 2), 0.03);
        Assert.All(with, row => Assert.InRange(row[6] ?? 0, 0, 20));
    }

    [Fact]
    public void Generate_AnyRange_GivesTheSameRows()
    {
        var document = Correlated();

        Assert.Equal(Rows(document).Skip(7000).Take(50), Rows(document, 7000, 50));
    }

    [Fact]
    public void Generate_CheckOverCorrelatedFields_HoldsAndKeepsTheTrend()
    {
        var document = Correlated("\"a\",\"f\"", "[[1,0.7],[0.7,1]]");
        document = document with { Constraints = [new("most", "t", "a + f < 130")] };

        var rows = Rows(document);

        Assert.DoesNotContain(rows, row => row[6] is not null && row[1] + row[6] >= 130);
        Assert.InRange(Correlation(rows, 1, 6), 0.5, 0.75);
    }

    [Fact]
    public void Write_Correlations_AreReadAgainAndStandInDiffAndMerge()
    {
        var document = Correlated();
        var plain = Read(Schema(""));

        var again = SchemaReader.Read(SchemaWriter.Write(document)).Document!;

        Assert.Equal(SchemaWriter.Write(document), SchemaWriter.Write(again));
        Assert.Equal(document.Entities[0].Correlations[0].Matrix, again.Entities[0].Correlations[0].Matrix);
        Assert.Contains(SchemaDiff.Compare(plain, document), change => change.ToString().Contains("correlations", StringComparison.Ordinal));
        Assert.Single(SchemaMerge.Merge(plain, plain, document).Document!.Entities[0].Correlations);
    }

    [Theory]
    [InlineData("\"a\",\"b\"", "[[1,0.5],[0.4,1]]", "two correlations")]
    [InlineData("\"a\",\"b\"", "[[1,1.5],[1.5,1]]", "from -1 to 1")]
    [InlineData("\"a\",\"b\"", "[[1,0.5]]", "2 rows of 2 numbers")]
    [InlineData("\"a\"", "[[1]]", "2 to 100")]
    [InlineData("\"a\",\"a\"", "[[1,0.5],[0.5,1]]", "twice in one")]
    [InlineData("\"a\",\"b\",\"c\"", "[[1,0.9,-0.9],[0.9,1,0.9],[-0.9,0.9,1]]", "at once")]
    [InlineData("\"a\",\"id\"", "[[1,0.5],[0.5,1]]", "belongs to a key")]
    public void Compile_CorrelationThatCannotBe_IsRefusedWithAReason(string fields, string matrix, string reason)
    {
        var document = SchemaReader.Read(Encoding.UTF8.GetBytes(Schema($", \"correlations\": [ {{ \"fields\": [{fields}], \"matrix\": {matrix} }} ]"))).Document!;

        var (plan, problems) = GenerationPlan.Compile(document, new());

        Assert.Null(plan);
        Assert.Contains(problems, problem => problem.Code == "schema.correlation" && problem.Message.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_CorrelationsThatNumbersHaveNearly_AreWeakenedALittle()
    {
        var document = Correlated("\"a\",\"b\",\"c\"", "[[1,0.9,0.3],[0.9,1,0.7],[0.3,0.7,1]]");

        Assert.InRange(Correlation(Rows(document), 1, 2), 0.8, 0.9);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068542949)]
    [InlineData(-2.5, 0.00620966532577613)]
    [InlineData(-7.5, 3.19089167291092e-14)]
    [InlineData(3, 0.998650101968369905)]
    public void NormalShare_KnownValues_AreExact(double z, double share) => Assert.Equal(share, DeterministicMath.NormalShare(z), Math.Max(1e-14, share * 1e-13));
}
