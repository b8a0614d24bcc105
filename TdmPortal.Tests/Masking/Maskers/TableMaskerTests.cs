using System.Globalization;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Masking.Maskers;

/// <summary>Maskers that look at all rows first, and those of texts with something inside.</summary>
[Trait("Requirement", "D3")]
public sealed class TableMaskerTests
{
    private const int Rows = 5000;
    private static readonly string[] Ids = [.. Enumerable.Range(1, Rows).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    [Fact]
    public void Shuffle_WithinGroups_KeepsEachGroupsFrequenciesWhateverTheOrderOfRows()
    {
        var groups = Ids.Select((_, i) => (string?)(i % 3 == 0 ? "DE" : "FR")).ToArray();
        var values = Ids.Select((_, i) => i == 17 ? null : (string?)(i % 40).ToString(CultureInfo.InvariantCulture)).ToArray();
        var masked = Run(Ids, groups, values);

        Assert.Null(masked[17]);
        foreach (var group in new[] { "DE", "FR" })
            Assert.Equal(values.Where((_, i) => groups[i] == group).Order(), masked.Where((_, i) => groups[i] == group).Order());
        Assert.NotEqual(values, masked);

        int[] order = [.. Enumerable.Range(0, Rows).OrderBy(i => i * 7919 % Rows)];
        var other = Run([.. order.Select(i => Ids[i])], [.. order.Select(i => groups[i])], [.. order.Select(i => values[i])]);
        Assert.Equal((string?[])[.. order.Select(i => masked[i])], other);

        static string?[] Run(string[] ids, string?[] groups, string?[] values) => new MaskerRun
        {
            Definition = MaskerCatalogue.Find("shuffle")!, Arguments = """{"group":"country"}""", PrimaryKey = ["id"],
            Others = [(MaskerRun.Describe("id", FieldType.Integer), ids), (MaskerRun.Describe("country", FieldType.String), groups)],
        }.Mask(values);
    }

    [Fact]
    public void Noise_OverAColumn_KeepsMeanAndVariance()
    {
        double[] values = [.. Ids.Select((_, i) => 1000 + (i * 31 % 977 * 1.5))];
        var masked = new MaskerRun
        {
            Definition = MaskerCatalogue.Find("noise")!, Column = MaskerRun.Describe("value", FieldType.Double), PrimaryKey = ["id"], Others = [(MaskerRun.Describe("id", FieldType.Integer), Ids)],
        }.Mask([.. values.Select(value => value.ToString(CultureInfo.InvariantCulture))]).Select(text => double.Parse(text!, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(values.Average(), masked.Average(), 6);
        Assert.Equal(Variance(values), Variance(masked), 3);
        Assert.DoesNotContain(values.Zip(masked), pair => pair.First == pair.Second);
        static double Variance(double[] numbers) => numbers.Average(x => x * x) - Math.Pow(numbers.Average(), 2);
    }

    [Fact]
    public void Rank_OverAColumn_KeepsTheOrder()
    {
        string[] values = [.. Ids.Select((_, i) => (i * 7919 % 5003 * 10).ToString(CultureInfo.InvariantCulture))];
        var masked = new MaskerRun { Definition = MaskerCatalogue.Find("rank")!, Column = MaskerRun.Describe("value", FieldType.Integer) }.Mask(values).Select(text => long.Parse(text!, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(Order([.. values.Select(text => long.Parse(text, CultureInfo.InvariantCulture))]), Order(masked));
        static int[] Order(long[] numbers) => [.. Enumerable.Range(0, numbers.Length).OrderBy(i => numbers[i])];
    }

    [Fact]
    public void Boolean_OverAColumn_KeepsTheShare()
    {
        string[] values = [.. Ids.Select((_, i) => i % 4 == 0 ? "true" : "false")];
        var masked = new MaskerRun { Definition = MaskerCatalogue.Find("boolean")!, Column = MaskerRun.Describe("value", FieldType.Boolean), PrimaryKey = ["id"], Others = [(MaskerRun.Describe("id", FieldType.Integer), Ids)] }.Mask(values);
        Assert.InRange(masked.Count(text => text == "true"), Rows / 4 * 0.9, Rows / 4 * 1.1);
        Assert.InRange(values.Zip(masked).Count(pair => pair.First != pair.Second), 1, Rows);
    }

    [Fact]
    public void Shuffle_WithoutAKey_IsRefusedWithWhatToDo()
    {
        var context = new MaskerRun { Definition = MaskerCatalogue.Find("shuffle")! }.Context();
        Assert.Null(MaskerCatalogue.Find("shuffle")!.Create(context));
        Assert.Equal("masking.no_key", context.Problems[0].Code);
    }

    [Fact]
    public void FreeText_WithPeopleInIt_ReplacesThemAsInTheirColumns()
    {
        var masked = MaskerRun.One("free_text", "Wrote to anna.miller@acme.com; card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00. Thanks!")!;
        foreach (var original in new[] { "anna", "acme", "1111 1111", "0532" })
            Assert.DoesNotContain(original, masked, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("Wrote to ", masked, StringComparison.Ordinal);
        Assert.EndsWith(". Thanks!", masked, StringComparison.Ordinal);

        var key = MaskerRun.KeyOf(1);
        var column = new MaskerRun { Definition = MaskerCatalogue.Find("email")!, Key = key.Derive("email"), Form = CanonicalForm.Email };
        Assert.Equal(column.Context().Values.Number("a@b.c"u8), new MaskerRun { Definition = MaskerCatalogue.Find("free_text")!, Key = key }.Context().ValuesOf("email").Number("a@b.c"u8));
    }

    [Fact]
    public void FreeText_RepeatingItsRow_FollowsIt()
    {
        var masked = new MaskerRun
        {
            Definition = MaskerCatalogue.Find("free_text")!, Arguments = """{"follow":"nick"}""", Others = [(MaskerRun.Describe("nick", FieldType.String), ["Grobschmied"])],
        }.Mask("Herr GROBSCHMIED rief an; Grobschmiede nicht.")[0];

        // In this test a column's masked value is its original.
        Assert.Equal("Herr Grobschmied rief an; Grobschmiede nicht.", masked);
    }

    [Fact]
    public void Json_ByPaths_ChangesWhatTheyName()
    {
        const string Paths = """{"paths":{"$.name":{"personal":"first_name"},"$.list[*].pin":"remove","$.list[*].n":{"masker":"fpe"},"$.note":{"set":{"a":1}},"$.deep.x":{"masker":"partial"}}}""";
        var masked = MaskerRun.One("json", """{"name":"Anna","list":[{"pin":"1","n":1234567},{"pin":"2","k":"v"}],"note":"long","deep":{"x":["ab",true,null],"y":"é"}}""", Paths, FieldType.Json)!;
        using var json = System.Text.Json.JsonDocument.Parse(masked);
        var root = json.RootElement;
        Assert.NotEqual("Anna", root.GetProperty("name").GetString());
        Assert.False(root.GetProperty("list")[0].TryGetProperty("pin", out _));
        Assert.Equal(7, root.GetProperty("list")[0].GetProperty("n").ToString().Length);
        Assert.Equal("v", root.GetProperty("list")[1].GetProperty("k").GetString());
        Assert.Equal(1, root.GetProperty("note").GetProperty("a").GetInt32());
        Assert.Equal("**", root.GetProperty("deep").GetProperty("x")[0].GetString());
        Assert.Equal("é", root.GetProperty("deep").GetProperty("y").GetString());

        var others = MaskerRun.One("json", """{"a":"secret","b":1}""", """{"paths":{"$.b":"remove"},"others":"scramble"}""", FieldType.Json)!;
        Assert.Matches("""^\{"a":"[a-z]{6}"\}$""", others);
        Assert.NotEqual("""{"a":"secret"}""", others);
        Assert.Equal(8, MaskerRun.One("json", "not json", Paths)!.Length);
    }
}
