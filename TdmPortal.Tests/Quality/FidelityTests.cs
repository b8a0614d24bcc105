using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Fidelity;
using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Generation;
using Xunit;

namespace TdmPortal.Tests.Quality;

/// <summary>The definitions are in docs/quality.md; what is expected was worked out by hand from them.</summary>
public sealed class FidelityTests
{
    private static readonly SchemaDocument Document = Plans.Read("""
        {
          "name": "shop",
          "entities": [
            { "name": "customer", "rows": 1, "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "age", "type": "integer", "generator": "number.integer", "args": { "min": 0, "max": 9 } },
                { "name": "income", "type": "double", "generator": "number.decimal", "args": { "min": 0, "max": 9 } },
                { "name": "tier", "type": "string", "generator": "choice", "args": { "values": ["gold", "silver"] } },
                { "name": "club", "type": "boolean", "generator": "boolean" } ],
              "primaryKey": ["id"] },
            { "name": "order", "rows": 1, "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "customer_id", "type": "integer" } ],
              "primaryKey": ["id"] } ],
          "relationships": [ { "name": "order_customer", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] }, "nullPercent": 10 } ]
        }
        """);

    [Fact]
    [Trait("Requirement", "D5")]
    public void KSComplement_Ages_IsAsWorkedOutByHand()
    {
        // 1, 2, 2, 3 against 2, 3, 3, 4: shares up to 2 are 3/4 and 1/4.
        var report = Columns([1, 2, 2, 3], [2, 3, 3, 4], "age");
        Assert.Equal(0.5, report["KSComplement"], 12);
        // 3 of 4 lie within 1..3; the reference's stretch of 2 is missed by 1 at its start.
        Assert.Equal(0.75, report["BoundaryAdherence"], 12);
        Assert.Equal(0.5, report["RangeCoverage"], 12);
        // Means 2 and 3, medians 2 and 3, over the width 2; deviations are the same.
        Assert.Equal(0.5, report["StatisticSimilarity (mean)"], 12);
        Assert.Equal(0.5, report["StatisticSimilarity (median)"], 12);
        Assert.Equal(1, report["StatisticSimilarity (std)"], 12);
        Assert.Equal(1, report["MissingValueSimilarity"], 12);
    }

    [Fact]
    public void BoundaryAdherence_Nulls_CountOnlyWhereTheReferenceHasNone()
    {
        Assert.Equal(0.5, Columns([1, 2], [1, null], "age")["BoundaryAdherence"], 12);
        Assert.Equal(1, Columns([1, 2, null], [1, null], "age")["BoundaryAdherence"], 12);
        // Shares of nulls 1/3 and 1/2.
        Assert.Equal(1 - (1.0 / 6), Columns([1, 2, null], [1, null], "age")["MissingValueSimilarity"], 12);
    }

    [Fact]
    public void TVComplement_Tiers_IsAsWorkedOutByHand()
    {
        // gold 1/2, silver 1/4, iron 1/4 against gold 1/4, silver 1/2, new 1/4: half of 1/4 + 1/4 + 1/4 + 1/4.
        var report = Columns(["gold", "gold", "silver", "iron"], ["gold", "silver", "silver", "new"], "tier");
        Assert.Equal(0.5, report["TVComplement"], 12);
        Assert.Equal(0.75, report["CategoryAdherence"], 12);
        Assert.Equal(2.0 / 3, report["CategoryCoverage"], 12);
    }

    [Fact]
    public void Relationships_FewRows_AreAsWorkedOutByHand()
    {
        // Children per parent 0, 1, 2 against 0, 0, 3: shares up to 0 are 1/3 and 2/3, up to 2 are 1 and 2/3; one order of four has no customer.
        var before = Shop([1L, 2L, 3L], [2L, 3L, 3L]);
        var after = Shop([1L, 2L, 3L], [3L, 3L, 3L, 9L, null]);
        var report = Report(before, after);
        Assert.Equal(2.0 / 3, report["CardinalityShapeSimilarity"], 12);
        Assert.Equal(2.0 / 3, report["CardinalityBoundaryAdherence"], 12);
        Assert.Equal(0.75, report["ReferentialIntegrity"], 12);
        // Of 4 customers one repeats a key, one has none.
        var keys = ReferenceComparison.Compare(Document, "r", Profile(before), Profile(Shop([1L, 1L, 2L, null], [1L]))).Properties.Single(property => property.Name == "Data validity").Details;
        Assert.Equal(0.5, keys.Single(detail => detail is { Place: "customer.id", Measure: "KeyUniqueness" }).Value!.Value, 12);
    }

    [Fact]
    public void Pairs_FewRows_AreAsWorkedOutByHand()
    {
        // Ages 1..4 with incomes that rise against incomes that fall: correlations 1 and -1.
        var report = Report(People((1, 1, "gold", 1), (2, 2, "gold", 1), (3, 3, "silver", 0), (4, 4, "silver", 0)), People((1, 4, "gold", 0), (2, 3, "gold", 1), (3, 2, "silver", 0), (4, 1, "silver", 1)));
        Assert.Equal(0, report["customer.age × customer.income"], 12);
        // gold goes with true and silver with false, against one of each combination: half of (1/4 + 1/4 + 1/4 + 1/4).
        Assert.Equal(0.5, report["customer.tier × customer.club"], 12);
    }

    [Theory]
    [InlineData("customers-orders")]
    [InlineData("chinook")]
    [Trait("Requirement", "D5")]
    public void Compare_DatasetWithItself_IsOneInEverySimilarity(string sample)
    {
        var document = Plans.Sample(sample);
        var profile = Profile(document, new PlanSource(Plans.Compile(document, new() { Scale = sample == "chinook" ? 1 : 0.02 })));
        var report = ReferenceComparison.Compare(document, "itself", DatasetProfile.FromBytes(profile.ToBytes()), profile);
        Assert.Equal(1, report.Score);
        Assert.All(report.Properties.Where(property => property.InScore).SelectMany(property => property.Details), detail => Assert.True(detail.Value is null or 1, detail.ToString()));
        Assert.Contains(report.Properties, property => property is { Name: "Column shapes", Score: 1 });
        Assert.Contains(report.Properties, property => property is { Name: "Cardinality", Score: 1 });
    }

    [Fact]
    [Trait("Requirement", "D5")]
    public void Compare_OneColumnShuffled_KeepsItsShapeAndLosesItsPair()
    {
        var rows = Related(4000);
        var shuffled = rows.Select((row, i) => (object?[])[row[0], row[1], rows[(i * 1237 + 11) % rows.Count][2], row[3], row[4]]).ToList();
        var report = Report(Source(rows, []), Source(shuffled, []));
        Assert.Equal(1, report["customer.income KSComplement"]);
        Assert.InRange(report["customer.age × customer.income"], 0.4, 0.6);
        Assert.Equal(1, report["customer.age × customer.tier"]);
    }

    /// <summary>A mean that moved by a tenth of the range is found where it is and nowhere else.</summary>
    [Fact]
    public void Compare_ShiftedMean_IsNamed()
    {
        var rows = Related(4000);
        var shifted = rows.Select(row => (object?[])[row[0], row[1], (double)row[2]! + 10, row[3], row[4]]).ToList();
        var report = ReferenceComparison.Compare(Document, "r", Profile(Source(rows, [])), Profile(Source(shifted, [])));
        var fell = report.Properties.Where(property => property.InScore).SelectMany(property => property.Details).Where(detail => detail.Value < 0.999).ToList();
        Assert.All(fell, detail => Assert.Contains("income", detail.Place, StringComparison.Ordinal));
        Assert.Equal(0.9, fell.Single(detail => detail.Measure == "StatisticSimilarity (mean)").Value!.Value, 2);
        Assert.Contains(fell, detail => detail.Measure == "KSComplement");
    }

    [Fact]
    public void Compare_LeakedRow_IsNamed()
    {
        var rows = Related(500);
        var other = Related(500, seed: 99);
        other[42] = [other[42][0], rows[17][1], rows[17][2], rows[17][3], rows[17][4]];
        var privacy = ReferenceComparison.Compare(Document, "r", DatasetProfile.FromBytes(Profile(Source(rows, [])).ToBytes()), Profile(Source(other, []))).Properties.Where(property => !property.InScore).ToList();
        var leak = privacy.SelectMany(property => property.Details).Single(detail => detail is { Measure: "NewRowSynthesis", Place: "customer" });
        Assert.InRange(leak.Value!.Value, 0, 1 - (1.0 / 500));
        Assert.Contains("row 42 is row 17 of the reference", leak.Why!, StringComparison.Ordinal);
        // Not one row of the data itself is new, and none is at a distance.
        var itself = ReferenceComparison.Compare(Document, "r", Profile(Source(rows, [])), Profile(Source(rows, []))).Properties.Where(property => !property.InScore).SelectMany(property => property.Details).Where(detail => detail.Place == "customer");
        Assert.All(itself, detail => Assert.Equal(0, detail.Value));
    }

    [Fact]
    public void Sample_ManyRows_IsDrawnTheSameWayEveryTime()
    {
        var source = new MemorySource().Add("t", [MemorySource.Column("c", FieldType.Integer)], [.. Enumerable.Range(0, 210_000).Select(i => new object?[] { (long)i })]);
        var samples = new[] { 1, 3 }.Select(threads =>
        {
            var pass = Profiler.PassOf(source.Entities[0], QualityLevel.Premium);
            RowPasses.Run(source, source.Entities[0], [pass], threads, cancellation: TestContext.Current.CancellationToken);
            return pass.Profile.Sample!;
        }).ToList();
        Assert.InRange(samples[0].Rows.Count, RowSample.MostRows / 3, RowSample.MostRows);
        Assert.Equal(samples[0].Rows, samples[1].Rows);
        Assert.Equal(samples[0].Rows.Select(row => (double)row), Enumerable.Range(0, samples[0].Rows.Count).Select(place => samples[0].Number(0, place)));
    }

    private static List<object?[]> Related(int count, ulong seed = 5) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var age = (long)(Randomness.Cell(seed, i) % 60);
        return (object?[])[(long)i, age, age + (Randomness.Cell(seed + 1, i) % 1000 / 25.0), age < 30 ? "silver" : "gold", (long)(i % 2)];
    })];

    private static MemorySource Source(IReadOnlyList<object?[]> customers, IReadOnlyList<object?[]> orders) => new MemorySource()
        .Add("customer", [MemorySource.Column("id", FieldType.Integer), MemorySource.Column("age", FieldType.Integer), MemorySource.Column("income", FieldType.Double), MemorySource.Column("tier", FieldType.String), MemorySource.Column("club", FieldType.Boolean)], customers)
        .Add("order", [MemorySource.Column("id", FieldType.Integer), MemorySource.Column("customer_id", FieldType.Integer)], orders);

    private static MemorySource Shop(object?[] customers, object?[] orders) => Source([.. customers.Select(id => new[] { id, 1L, 1.0, "gold", 1L })], [.. orders.Select((customer, i) => new[] { (long)i, customer })]);

    private static MemorySource People(params (long Age, double Income, string Tier, long Club)[] people) => Source([.. people.Select((one, i) => new object?[] { (long)i, one.Age, one.Income, one.Tier, one.Club })], []);

    private static Dictionary<string, double> Columns(object?[] before, object?[] after, string column)
    {
        return Report(Of(before), Of(after), $"customer.{column}");
        MemorySource Of(object?[] values) => Source([.. values.Select((value, i) => new[] { (long)i, column == "age" ? value is int number ? (long)number : null : 1L, 1.0, column == "tier" ? value : "gold", 1L })], []);
    }

    /// <summary>By measure, by place, and by both.</summary>
    private static Dictionary<string, double> Report(RowSource before, RowSource after, string? place = null)
    {
        var details = ReferenceComparison.Compare(Document, "r", Profile(before), Profile(after)).Properties.SelectMany(property => property.Details).Where(detail => detail.Value is not null && (place is null || detail.Place == place)).ToList();
        var found = new Dictionary<string, double>();
        foreach (var detail in details)
            (found[detail.Measure], found[detail.Place], found[$"{detail.Place} {detail.Measure}"]) = (detail.Value!.Value, detail.Value.Value, detail.Value.Value);
        return found;
    }

    private static DatasetProfile Profile(RowSource source) => Profile(Document, source);

    private static DatasetProfile Profile(SchemaDocument document, RowSource source)
    {
        var profiler = new DatasetProfiler(document, source.Entities, QualityLevel.Premium);
        foreach (var entity in source.Entities)
            RowPasses.Run(source, entity, profiler.PassesOf(entity.Name), 2, cancellation: TestContext.Current.CancellationToken);
        return profiler.Complete();
    }
}
