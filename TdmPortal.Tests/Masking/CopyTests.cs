using System.Globalization;
using System.Text;
using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Quality;
using Xunit;

namespace TdmPortal.Tests.Masking;

/// <summary>Copies of values in JSON, notes and narrower columns of other tables become what the values themselves become.</summary>
[Trait("Requirement", "D3")]
public sealed class CopyTests
{
    // Names that no dictionary knows; the narrow copy has too little room for most addresses.
    private static readonly SchemaDocument Document = MaskSample.Document("""
        { "name": "crm", "entities": [
            { "name": "customer", "rows": 3, "primaryKey": ["id"], "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "first_name", "type": "string", "generator": "lorem.word", "personal": "first_name" },
                { "name": "last_name", "type": "string", "maxLength": 20, "generator": "lorem.word", "personal": "last_name" },
                { "name": "full_name", "type": "string", "generator": "lorem.word", "personal": "full_name" },
                { "name": "email", "type": "string", "maxLength": 120, "generator": "internet.email", "personal": "email", "unique": true },
                { "name": "phone", "type": "string", "generator": "phone.number", "personal": "phone" },
                { "name": "born", "type": "date", "generator": "person.birthDate", "personal": "birth_date" } ] },
            { "name": "newsletter", "rows": 3, "fields": [ { "name": "email", "type": "string", "maxLength": 30, "generator": "internet.email", "personal": "email" } ] },
            { "name": "profile", "rows": 3, "primaryKey": ["customer_id"], "fields": [
                { "name": "customer_id", "type": "integer" },
                { "name": "data", "type": "json", "generator": "constant", "args": { "value": "{}" }, "personal": "free_text" },
                { "name": "raw", "type": "string", "generator": "lorem.word", "personal": "free_text" },
                { "name": "note", "type": "string", "generator": "lorem.word", "personal": "free_text" } ] } ],
          "relationships": [ { "name": "profile_customer", "from": { "entity": "profile", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] } } ] }
        """);

    private static readonly (string First, string Last, string Full, string Email, string Phone)[] People =
    [
        ("Zqxanna", "Zqxschmidt", "Zqxanna Zqxschmidt", "zqxanna.zqxschmidt@zqxmail.example", "+49 151 77310001"),
        ("Juan", "Garcia Zqxlopez", "Juan Garcia Zqxlopez", "j77@zqx.example", "0151 77310002"),
        ("Zqxjan Zqxmaria7", "van der Zqxberg", "Dr. Zqxjan Zqxmaria7 van der Zqxberg", "info@zqxberg.example", "+49 151 77310003"),
    ];

    [Fact]
    public void Json_OfAnotherTable_FollowsTheColumnsOfItsValues()
    {
        var (customers, profiles, _) = Masked(Pseudonymised);
        for (var row = 0; row < People.Length; row++)
        {
            foreach (var text in new[] { profiles[row][1]!, profiles[row][2]! })
            {
                using var json = JsonDocument.Parse(text);
                var contact = json.RootElement.GetProperty("contact");

                // The copy is in capitals, and so is its mask: the key tells apart what differs in case.
                Assert.Equal(customers[row][4]!.ToUpperInvariant(), contact.GetProperty("email").GetString());
                Assert.Equal(customers[row][5], contact.GetProperty("phone").GetString());
                Assert.Equal(Untitled(customers[row][3]!), json.RootElement.GetProperty("name").GetString());
                Assert.Equal(customers[row][2], json.RootElement.GetProperty("surname").GetString());
                Assert.Equal(Day(int.Parse(customers[row][6]!, CultureInfo.InvariantCulture)) + "T00:00:00Z", json.RootElement.GetProperty("birthDate").GetString());
                Assert.Equal("gold", json.RootElement.GetProperty("tags")[0].GetString());
                Assert.Equal(7, json.RootElement.GetProperty("level").GetInt32());
            }
        }
    }

    [Fact]
    public void Note_OfAnotherTable_RepeatsTheMaskedNames()
    {
        var (customers, profiles, _) = Masked(Pseudonymised);
        for (var row = 0; row < People.Length; row++)
            Assert.Equal($"Spoke to {Untitled(customers[row][3]!)}, mail to {customers[row][4]}; {customers[row][2]} called back.", profiles[row][3]);
    }

    [Fact]
    public void ColumnsOfDifferentWidth_OfOneKind_AreMaskedAlike()
    {
        var (customers, _, newsletter) = Masked(Pseudonymised);
        Assert.Equal(customers.Select(row => row[4]), newsletter.Select(row => row[0]));
        Assert.All(newsletter, row => Assert.InRange(row[0]!.Length, 12, 30));
    }

    [Fact]
    public void FullName_WithoutItsRow_IsWhatItIsBesideIt()
    {
        var (customers, _, _) = Masked(Pseudonymised);
        var alone = MaskSample.Document("""{ "name": "other", "entities": [ { "name": "guest", "rows": 3, "fields": [ { "name": "name", "type": "string", "generator": "lorem.word", "personal": "full_name" }, { "name": "first", "type": "string", "generator": "lorem.word", "personal": "first_name" } ] } ] }""");
        var source = new MemorySource().Add("guest", [MemorySource.Column("name", FieldType.String), MemorySource.Column("first", FieldType.String)], [.. People.Select(one => new object?[] { one.Full, one.First })]);
        var guests = MaskSample.Read(MaskSample.Masked(alone, source, MaskSample.Policy("\"strategy\": \"pseudonymise\"")), "guest");
        Assert.Equal(customers.Select(row => row[1]), guests.Select(row => row[1]));
        foreach (var row in new[] { 0, 2 })
            Assert.Equal(customers[row][3], guests[row][0]);
    }

    [Fact]
    public void Email_OfTwoNames_FollowsTheMaskedNames()
    {
        var (customers, _, _) = Masked(MaskSample.Policy("""
            "strategy": "pseudonymise", "rules": [ { "columns": ["newsletter.email"], "masker": "redact" } ]
            """));
        Assert.StartsWith($"{customers[0][1]}.{customers[0][2]}.".ToLowerInvariant(), customers[0][4], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_OfARuleThatNamesTheColumn_FollowsThatRule()
    {
        var (customers, profiles, _) = Masked(MaskSample.Policy("""
            "strategy": "pseudonymise", "rules": [ { "columns": ["customer.email", "newsletter.email"], "masker": "email", "args": { "domain": "keep" } } ]
            """));
        using var json = JsonDocument.Parse(profiles[0][1]!);
        Assert.EndsWith("@zqxmail.example", customers[0][4], StringComparison.Ordinal);
        Assert.Equal(customers[0][4]!.ToUpperInvariant(), json.RootElement.GetProperty("contact").GetProperty("email").GetString());
    }

    [Fact]
    public void Notes_WhateverTheOrderOfRows_AreTheSame()
    {
        var (_, forward, _) = Masked(Pseudonymised);
        var (_, backward, _) = Masked(Pseudonymised, reversed: true);
        Assert.Equal(forward, Enumerable.Reverse(backward));
    }

    [Fact]
    public void Names_MoreThanAreKept_AreTheSameOnesInAnyOrder()
    {
        string[] all = [.. Enumerable.Range(1, 100).Select(number => $"Zqx{number}")];
        var kept = Found(all);
        Assert.InRange(kept.Count, 5, 20);
        Assert.Equal(kept, Found([.. Enumerable.Reverse(all)]));
        Assert.Equal(100, Found(all, most: 100).Count);

        List<string> Found(string[] given, int most = 20)
        {
            var names = new KnownNames(MaskSample.Key, most);
            var pass = names.Collecting(0, "last_name", familyFirst: false);
            foreach (var part in given.Chunk(30))
            {
                using var column = new TextColumn();
                column.Reset(part.Length);
                foreach (var name in part)
                    column.Add(Encoding.UTF8.GetBytes(name));
                var segment = pass.Begin();
                segment.Add(0, [column], part.Length);
                pass.Take(segment);
            }

            var found = new List<TextFinding>();
            return [.. all.Where(name =>
            {
                found.Clear();
                names.Find(Encoding.UTF8.GetBytes($"for {name}."), found);
                return found.Count > 0;
            })];
        }
    }

    [Theory]
    [InlineData("Will called, Zqxberg Road, will call, Long ago", "Zqxberg")]
    [InlineData("zqxberg and Zqxbergen", "")]
    [InlineData("ZQXBERG, WILL and Will Zqxberg", "ZQXBERG, WILL|Will Zqxberg")]
    [InlineData("with van der Long", "van der Long")]
    public void Names_InATextOfOrdinaryWords_AreFoundWhereTheyStandForPeople(string text, string expected)
    {
        var names = new KnownNames(MaskSample.Key);
        foreach (var (kind, name) in new[] { ("first_name", "Will"), ("last_name", "Zqxberg"), ("last_name", "Long"), ("last_name", "van der Long") })
        {
            using var column = new TextColumn();
            column.Reset(1);
            column.Add(Encoding.UTF8.GetBytes(name));
            var pass = names.Collecting(0, kind, familyFirst: false);
            var segment = pass.Begin();
            segment.Add(0, [column], 1);
            pass.Take(segment);
        }

        var found = new List<TextFinding>();
        names.Find(Encoding.UTF8.GetBytes(text), found);
        var pieces = new List<string>();
        for (var i = 0; i < found.Count; i++)
        {
            // Two that are surer than a dictionary are a pair.
            var last = found[i].Confidence > 1 ? found[++i] : found[i];
            var first = found[i].Confidence > 1 ? found[i - 1] : found[i];
            pieces.Add(text[first.Start..(last.Start + last.Length)]);
        }

        Assert.Equal(expected, string.Join('|', pieces));
    }

    private static MaskingPolicy Pseudonymised => MaskSample.Policy("\"strategy\": \"pseudonymise\"");

    private static string Day(int days) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Untitled(string name) => name.StartsWith("Dr. ", StringComparison.Ordinal) ? name[4..] : name;

    private static (List<string?[]> Customers, List<string?[]> Profiles, List<string?[]> Newsletter) Masked(MaskingPolicy policy, bool reversed = false)
    {
        var people = reversed ? [.. Enumerable.Reverse(People)] : People;
        var source = new MemorySource()
            .Add("customer", Columns("customer"), [.. people.Select(one => new object?[] { Id(one), one.First, one.Last, one.Full, one.Email, one.Phone, 5000 + (100 * Id(one)) })])
            .Add("newsletter", Columns("newsletter"), [.. people.Select(one => new object?[] { one.Email })])
            .Add("profile", Columns("profile"), [.. people.Select(one => new object?[] { Id(one), Json(one), Json(one), $"Spoke to {Untitled(one.Full)}, mail to {one.Email}; {one.Last} called back." })]);
        var masked = MaskSample.Masked(Document, source, policy);
        return (MaskSample.Read(masked, "customer"), MaskSample.Read(masked, "profile"), MaskSample.Read(masked, "newsletter"));

        static string Json((string First, string Last, string Full, string Email, string Phone) one) =>
            JsonSerializer.Serialize(new { name = Untitled(one.Full), surname = one.Last, contact = new { email = one.Email.ToUpperInvariant(), phone = one.Phone }, birthDate = Day(5000 + (100 * (int)Id(one))) + "T00:00:00Z", tags = new[] { "gold", "eu" }, level = 7 });
    }

    private static long Id((string, string, string, string, string) one) => Array.IndexOf(People, one);

    private static ColumnDescription[] Columns(string entity) =>
        [.. Document.Entities.First(one => one.Name == entity).Fields.Select(field => MemorySource.Column(field.Name, field.Type) with { MaxLength = field.MaxLength })];
}
