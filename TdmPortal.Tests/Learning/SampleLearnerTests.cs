using System.Text;
using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Learning;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Learning;

/// <summary>A document learned from files makes rows that are like theirs, and says nothing of anybody in them.</summary>
[Trait("Requirement", "D3")]
public sealed class SampleLearnerTests
{
    private static readonly LearnedSchema Learned = Learn(null);

    /// <summary>Columns whose values are made up, so that they resemble nothing.</summary>
    private static readonly string[] MadeUp = ["customers.vorname", "customers.nachname", "customers.name", "customers.stadt", "customers.e_mail", "customers.kommentar"];

    private static LearnedSchema Learn(LearnOptions? options) => SampleLearner.Learn(SampleShop.Source(), SampleStructure.Of("shop", SampleShop.Inspected), options);

    private static FieldDefinition Field(string entity, string field, LearnedSchema? learned = null) => (learned ?? Learned).Document.Entities.First(one => one.Name == entity).Fields.First(one => one.Name == field);

    private static readonly FidelityReport Fidelity = Compare(Learned.Document);

    private static FidelityReport Compare(SchemaDocument document)
    {
        var reference = ReferenceProfile.Of(document, SampleShop.Source(), QualityLevel.Premium);
        var source = new PlanSource(GenerationPlan.Compile(document, new()).Plan!);
        var inspection = new Inspection(document, source.Entities, new(), QualityLevel.Premium, default);
        inspection.Read(source, threads: 1, null, default);
        return inspection.Complete(source, ("sample", reference), null, default).Fidelity!;
    }

    private static Dictionary<string, double> Compared(FidelityReport report, string property) => report.Properties.First(one => one.Name == property).Details
        .Where(detail => detail.Value is not null && !MadeUp.Any(column => detail.Place.Split(" × ").Contains(column, StringComparer.Ordinal))).ToDictionary(detail => detail.Place, detail => detail.Value!.Value, StringComparer.Ordinal);

    private static LearnedSchema LearnFile(string name, string text, LearnOptions? options = null)
    {
        var file = SampleFiles.Inspect(name, text);
        return SampleLearner.Learn(new SampleSource([file], _ => new MemoryStream(Encoding.UTF8.GetBytes(text))), SampleStructure.Of("sample", [file]), options);
    }

    [Fact]
    public void Learn_FilesOfKnownStructure_MakesRowsOfTheSameShapes()
    {
        var shapes = Compared(Fidelity, "Column shapes");

        Assert.Equal(["customers.bonitaet", "customers.einkommen", "customers.land", "customers.segment", "customers.seit", "customers.zuletzt", "orders.discount", "orders.paid", "orders.quantity", "orders.status", "orders.total", "orders.unit_price"], shapes.Keys.Order(StringComparer.Ordinal));
        Assert.All(shapes, shape => Assert.True(shape.Value >= 0.9, $"{shape.Key}: {shape.Value}"));
    }

    [Fact]
    public void Learn_FilesOfKnownStructure_KeepsPairsAndWithoutTheCopulaDoesNot()
    {
        var (with, without) = (Compared(Fidelity, "Column pairs"), Compared(Compare(Learn(new() { Correlations = false }).Document), "Column pairs"));

        Assert.All(with, pair => Assert.True(pair.Value >= 0.85, $"{pair.Key}: {pair.Value}"));
        Assert.InRange(with["customers.einkommen × customers.bonitaet"], 0.97, 1);
        Assert.InRange(without["customers.einkommen × customers.bonitaet"], 0, 0.7);
        Assert.InRange(without["customers.segment × customers.einkommen"], 0, 0.8);
    }

    [Fact]
    public void Learn_SeveralFiles_FindsKeysAndReferences()
    {
        Assert.Equal(["id", "order_no"], Learned.Document.Entities.SelectMany(entity => entity.PrimaryKey));
        var relationship = Assert.Single(Learned.Document.Relationships);
        Assert.Equal("orders(customer_id) → customers(id)", $"{relationship.From.Entity}({relationship.From.Fields[0]}) → {relationship.To.Entity}({relationship.To.Fields[0]})");
        Assert.Equal(DistributionKind.Zipf, relationship.Distribution?.Kind);
        Assert.True(Field("customers", "kundennummer").Unique);
        Assert.True(Field("customers", "e_mail").Unique);
        Assert.True(Compared(Fidelity, "Cardinality")["orders_customers"] > 0.85);
        Assert.Empty(Learned.Problems);
    }

    [Fact]
    public void Learn_ColumnsThatFollowFromOthers_AreComputed()
    {
        Assert.Equal("quantity * unit_price", Field("orders", "total").Args["value"]?.GetString());
        Assert.Equal("concat(vorname, ' ', nachname)", Field("customers", "name").Args["value"]?.GetString());
        Assert.Equal("date.after", Field("customers", "zuletzt").Generator);
        Assert.Equal("K-[0-9]{5}", Field("customers", "kundennummer").Args["regex"]?.GetString());
    }

    [Fact]
    public void Learn_CategoryThatAnotherDetermines_FollowsIt()
    {
        var text = new StringBuilder("id,team,floor,building\n");
        string[] teams = ["red", "blue", "green", "white", "black"];
        for (var i = 0; i < 600; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},{teams[i * i % 5]},{(i % 3 == 0 ? "up" : "down")},{(i * i % 5 < 2 ? "north" : "south")}\n");

        var learned = LearnFile("seats.csv", text.ToString());

        Assert.Equal("team", Field("seats", "building", learned).Args["by"]?.GetString());
        Assert.Equal("""{"south":""", Field("seats", "building", learned).Args["cases"]!.Value.GetProperty("black").GetRawText()[..9]);
        var plan = GenerationPlan.Compile(learned.Document, new()).Plan!;
        using var rows = new MemoryStream();
        plan.Write(plan.Entities[0], 0, 600, Core.Formats.RowFormat.Csv, rows);
        Assert.All(Encoding.UTF8.GetString(rows.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')), row => Assert.Equal(row[1] is "red" or "blue" ? "north" : "south", row[3]));
    }

    [Fact]
    public void Learn_NullsThatComeTogether_StayTogether()
    {
        var text = "id,sent,carrier\n" + string.Concat(Enumerable.Range(1, 200).Select(i => i % 4 == 0 ? $"{i},,\n" : $"{i},2026-01-{(i % 28) + 1:00},{(i % 3 == 0 ? "A" : "B")}\n"));

        var learned = LearnFile("parcels.csv", text);

        Assert.Equal(25, Field("parcels", "sent", learned).NullPercent);
        Assert.Equal("sent is not null", Field("parcels", "carrier", learned).When);
    }

    [Fact]
    public void Learn_PersonalColumns_NothingOfTheirValuesIsKept()
    {
        var all = Encoding.UTF8.GetString(SchemaWriter.Write(Learned.Document)) + JsonSerializer.Serialize(Learned.Reasons.Select(one => $"{one.Key} {one.Value.Generator} {one.Value.Reason} {string.Join(' ', one.Value.Args.Select(arg => arg.Value.GetRawText()))}")) + JsonSerializer.Serialize(Learned.Findings) + JsonSerializer.Serialize(Learned.Problems);
        var source = SampleShop.Source();
        var columns = source.Entities[0].Columns.Select((column, place) => (column.Name, place)).Where(column => MadeUp.Contains($"customers.{column.Name}", StringComparer.Ordinal)).ToList();
        var originals = SampleFiles.Rows(source).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|')).SelectMany(row => columns.Select(column => row[column.place])).ToHashSet(StringComparer.Ordinal);

        Assert.True(originals.Count > 2000);
        Assert.All(columns, column => Assert.NotNull(Field("customers", column.Name).Personal));
        Assert.DoesNotContain(originals, original => all.Contains(original, StringComparison.Ordinal));
        Assert.DoesNotContain("Anruf von", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_RareValuesAndColumnsSaidToBePersonal_AreNotNamed()
    {
        var text = "id,job,remark,pay\n" + string.Concat(Enumerable.Range(1, 300).Select(i => $"{i},{(i == 7 ? "Astronaut" : i % 2 == 0 ? "Baker" : "Smith")},{(i % 2 == 0 ? "Zylinderkopf" : "Kurbelwelle")},{(i == 9 ? 987654321 : 1000 + (i * 7))}\n"));

        var learned = LearnFile("staff.csv", text, new() { Personal = new Dictionary<string, string> { ["staff.remark"] = "health" } });
        var all = Encoding.UTF8.GetString(SchemaWriter.Write(learned.Document)) + string.Join(' ', learned.Findings) + string.Join(' ', learned.Reasons.Values.Select(reason => reason.Reason));

        Assert.Contains("Baker", Encoding.UTF8.GetString(SchemaWriter.Write(LearnFile("staff.csv", text, new() { Personal = new Dictionary<string, string> { ["staff.job"] = "none" } }).Document)), StringComparison.Ordinal);
        Assert.DoesNotContain("Astronaut", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Zylinderkopf", all, StringComparison.Ordinal);
        Assert.DoesNotContain("987654321", all, StringComparison.Ordinal);
        Assert.Equal("health", Field("staff", "remark", learned).Personal);
    }

    [Fact]
    public void Learn_SameFilesAgain_GivesTheSameDocument() => Assert.Equal(SchemaWriter.Write(Learned.Document), SchemaWriter.Write(Learn(new()).Document));
}
