using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;
using TdmPortal.Web.Datasets;
using Xunit;

namespace TdmPortal.Tests.Web.Datasets;

public sealed class GenerateFormTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly SchemaDocument Document = new()
    {
        Name = "shop",
        Title = "Web shop",
        Entities =
        [
            new EntityDefinition { Name = "customer", Rows = 200_000, Fields = [Field("id"), Field("name", FieldType.String)] },
            new EntityDefinition { Name = "order", Rows = 1_000_000, Fields = [Field("id"), Field("customer_id")] },
            new EntityDefinition { Name = "line", Fields = [Field("id"), Field("order_id")] },
            new EntityDefinition { Name = "country", Rows = 200, Scale = false, Fields = [Field("id")] },
        ],
        Relationships =
        [
            new RelationshipDefinition { Name = "line_order", From = new("line", ["order_id"]), To = new("order", ["id"]), Distribution = new(DistributionKind.PerParent, Min: 1, Max: 5) },
        ],
    };

    [Fact]
    public void For_NoLastRun_TakesTheDocumentsOwn()
    {
        var form = GenerateForm.For(Guid.Empty, Document, last: null);

        Assert.Equal(("shop", "Web shop", 1L, 1d, "standard"), (form.Name, form.Title, form.Seed, form.Scale, form.QualityLevel));
        Assert.Null(form.ToRequest().AsOf);
    }

    [Fact]
    public void For_LastRun_TakesItsChoicesButNotItsMoment()
    {
        var last = new GenerateRequest("shop_eu", "Shop EU", Guid.Empty, 4, 77, Now, 0.5, new Dictionary<string, long>(StringComparer.Ordinal) { ["customer"] = 10, ["gone"] = 5, ["line"] = 9 }, "premium", [RowFormat.Csv]);

        var request = GenerateForm.For(Guid.Empty, Document, last).ToRequest();

        Assert.Equal(("shop_eu", 77L, 0.5, "premium"), (request.Name, request.Seed, request.Scale, request.QualityLevel));
        Assert.Equal(["customer"], request.Rows.Keys);
        Assert.Equal([RowFormat.Csv], request.Prepare);
        Assert.Null(request.AsOf);
        Assert.Null(request.SchemaVersion);
    }

    [Fact]
    public void Apply_Smoke_ScalesTheLargestEntityToAHundred()
    {
        var form = GenerateForm.For(Guid.Empty, Document, null);
        form.Rows["customer"] = 5;

        form.Apply(GenerationPreset.All[0]);
        var estimate = GenerationEstimate.Of(Document, form.ToOptions(Now));

        Assert.Empty(form.Rows);
        Assert.Equal(20, estimate.Rows["customer"]);
        Assert.Equal(100, estimate.Rows["order"]);
        Assert.Equal(300, estimate.Rows["line"]);
        Assert.Equal(200, estimate.Rows["country"]);
        Assert.Equal(620, estimate.TotalRows);
    }

    [Fact]
    public void Estimate_TypedRows_AreNotScaled()
    {
        var options = new GenerationOptions { Scale = 10, Rows = new Dictionary<string, long>(StringComparer.Ordinal) { ["order"] = 7 } };

        var estimate = GenerationEstimate.Of(Document, options, rowsPerSecond: 1000);

        Assert.Equal((2_000_000L, 7L, 21L), (estimate.Rows["customer"], estimate.Rows["order"], estimate.Rows["line"]));
        Assert.InRange(estimate.Took.TotalSeconds, 2000, 2002);
        Assert.InRange(estimate.Bytes, 100_000_000, 250_000_000);
    }

    [Theory]
    [InlineData(1, 5, 20.0)]
    [InlineData(0, 2, 33.3)]
    [InlineData(1, 4, null)]
    public void Estimate_RowsPerParent_AreThoseOfThePlan(int min, int max, double? nullPercent)
    {
        var document = Document with
        {
            Entities = [.. Document.Entities.Select(entity => entity with { Rows = entity.Rows is null ? null : 101, Fields = [.. entity.Fields.Select(field => field with { Generator = field.Name == "order_id" ? null : "sequence", Type = FieldType.Integer })], PrimaryKey = ["id"] })],
            Relationships = [Document.Relationships[0] with { Distribution = new(DistributionKind.PerParent, Min: min, Max: max), NullPercent = nullPercent }],
        };
        var options = new GenerationOptions { Scale = 3 };

        Assert.Equal(GenerationPlan.Compile(document, options).Plan!.Entity("line").Rows, GenerationEstimate.Of(document, options).Rows["line"]);
    }

    [Fact]
    public void Estimate_AbsurdScale_DoesNotOverflow()
    {
        var estimate = GenerationEstimate.Of(Document, new GenerationOptions { Scale = 1e30 });

        Assert.Equal(long.MaxValue, estimate.Rows["order"]);
        Assert.True(estimate.TotalRows > 0 && estimate.Bytes > 0 && estimate.Took > TimeSpan.Zero);
    }

    [Fact]
    public void ToTdm_Choices_AreArguments()
    {
        var form = GenerateForm.For(Guid.Empty, Document, null);
        form.Seed = -3;
        form.Scale = 0.25;
        form.Rows["order"] = 12;
        form.Prepare.Add(RowFormat.Ndjson);

        Assert.Equal("./tdm generate shop.schema.json --out shop --seed -3 --scale 0.25 --rows order=12 --as-of 2026-03-01T12:00:00Z --format ndjson", form.ToTdm(Now));
    }

    [Fact]
    public void ToTdm_NameOfOddText_IsQuoted()
    {
        var form = GenerateForm.For(Guid.Empty, Document, null);
        form.Name = "it's; rm";

        Assert.Contains("--out 'it'\\''s; rm'", form.ToTdm(Now), StringComparison.Ordinal);
    }

    private static FieldDefinition Field(string name, FieldType type = FieldType.Integer) => new() { Name = name, Type = type };
}
