using System.Text;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Quality;
using Xunit;

namespace TdmPortal.Tests.Masking;

/// <summary>Keys that differ only in case: told apart where the database does, the same where it does not.</summary>
[Trait("Requirement", "D3")]
public sealed class KeyCaseTests
{
    private static readonly string[] Variants = ["anna.miller@zqx.example", "Anna.Miller@zqx.example", "ANNA.MILLER@ZQX.EXAMPLE", "anna.Miller@zqx.example", "bob@zqx.example"];

    [Theory]
    [InlineData("email", "email", null)]
    [InlineData("email", "email", 30)]
    [InlineData("user_name", "user_name", null)]
    public void Mask_UniqueColumnOfTheSameInOtherCases_StaysUniqueAndComparesAsBefore(string kind, string masker, int? length)
    {
        var (keys, others, json) = Masked(kind, $$"""{ "personal": "{{kind}}", "masker": "{{masker}}" }""", "text", length);
        Assert.Distinct(keys);
        Assert.Equal(2, keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(keys, others);
        Assert.Equal(keys, json);
        Assert.Equal((keys[0].ToLowerInvariant(), keys[0].ToUpperInvariant()), (keys[0], keys[2]));
        Assert.Equal(keys[0], keys[1].ToLowerInvariant());
        Assert.DoesNotContain(keys[1], (string[])[keys[0], keys[2]]);
    }

    [Theory]
    [InlineData("hash")]
    [InlineData("fpe")]
    [InlineData("token")]
    public void Mask_UniqueColumnByOtherMaskers_StaysUniqueAndOtherTablesFollow(string masker)
    {
        var (keys, others, _) = Masked("user_name", $$"""{ "personal": "user_name", "masker": "{{masker}}" }""", "text", null);
        Assert.Distinct(keys);
        Assert.Equal(keys, others);
    }

    [Fact]
    public void Mask_ColumnThatComparesWithoutCase_GivesOneMaskInSmallLetters()
    {
        var (keys, others, _) = Masked("email", """{ "personal": "email", "masker": "email" }""", "citext", null);
        Assert.Equal(2, keys.Distinct().Count());
        Assert.Equal(keys, others);
        Assert.All(keys, key => Assert.Equal(key.ToLowerInvariant(), key));
    }

    /// <summary>An index over lower(): one-to-one maskers keep apart what differs by more than case, in that sense too.</summary>
    [Fact]
    public void Mask_ManyKeys_StayUniqueWithoutRegardToCase()
    {
        foreach (var masker in MaskerCatalogue.All.Where(one => one.Traits.HasFlag(MaskerTraits.OneToOne) && one.Types[0] == FieldType.String))
        {
            var values = Maskers.MaskerValues.Of(masker, 20_000);
            var masked = new Maskers.MaskerRun { Definition = masker, Arguments = Maskers.MaskerRun.Json(masker.ExampleArguments), Unique = true, PrimaryKey = ["value"] }.Mask(values);
            Assert.Equal(values.Distinct(StringComparer.OrdinalIgnoreCase).Count(), masked.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }
    }

    [Theory]
    [InlineData("abc", "xyz.12", "xyz.12")]
    [InlineData("ABC", "xyz.12", "XYZ.12")]
    [InlineData(" ABC ", "x", "X")]
    [InlineData("1-2", "xyz", "xyz")]
    public void CarriedCase_OfOneCase_IsThatCase(string value, string mask, string expected)
    {
        var bytes = Encoding.ASCII.GetBytes(mask);
        CarriedCase.Write(MaskSample.Key, Encoding.ASCII.GetBytes(value), bytes);
        Assert.Equal(expected, Encoding.ASCII.GetString(bytes));
    }

    [Fact]
    public void CarriedCase_OfBothCases_IsNeitherAllSmallNorAllCapitals()
    {
        for (var i = 0; i < 2000; i++)
        {
            var mask = "ab-cd"u8.ToArray();
            CarriedCase.Write(MaskSample.Key, Encoding.ASCII.GetBytes($"Anna{i}"), mask);
            var text = Encoding.ASCII.GetString(mask);
            Assert.Equal("ab-cd", text.ToLowerInvariant());
            Assert.DoesNotContain(text, (string[])["ab-cd", "AB-CD"]);
        }
    }

    private static (List<string> Keys, List<string> Others, List<string> Json) Masked(string kind, string rule, string sqlType, int? length)
    {
        var room = length is null ? "" : $", \"maxLength\": {length}";
        var document = MaskSample.Document($$"""
            { "name": "d", "entities": [
                { "name": "account", "rows": 3, "fields": [ { "name": "login", "type": "string", "sqlType": "{{sqlType}}", "generator": "internet.email", "personal": "{{kind}}", "unique": true{{room}} } ] },
                { "name": "event", "rows": 3, "fields": [ { "name": "who", "type": "string", "generator": "internet.email", "personal": "{{kind}}" }, { "name": "data", "type": "json", "generator": "constant", "args": { "value": "{}" }, "personal": "free_text" } ] } ] }
            """);
        var source = new MemorySource().Add("account", [MemorySource.Column("login", FieldType.String) with { MaxLength = length }], [.. Variants.Select(value => new object?[] { value })])
            .Add("event", [MemorySource.Column("who", FieldType.String), MemorySource.Column("data", FieldType.Json)], [.. Variants.Select(value => new object?[] { value, $$"""{"{{kind}}":"{{value}}"}""" })]);
        var masked = MaskSample.Masked(document, source, MaskSample.Policy($$"""
            "rules": [ {{rule}}, { "personal": "free_text", "masker": "json", "args": { "others": "find" } } ]
            """));
        var events = MaskSample.Read(masked, "event");
        return ([.. MaskSample.Read(masked, "account").Select(row => row[0]!)], [.. events.Select(row => row[0]!)], [.. events.Select(row => System.Text.Json.JsonDocument.Parse(row[1]!).RootElement.GetProperty(kind).GetString()!)]);
    }
}
