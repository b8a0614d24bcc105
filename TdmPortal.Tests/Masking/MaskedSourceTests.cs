using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Quality;
using Xunit;

namespace TdmPortal.Tests.Masking;

public sealed class MaskedSourceTests
{
    private static readonly SchemaDocument People = MaskSample.Document("""
        { "name": "people", "entities": [
            { "name": "person", "rows": 3000, "primaryKey": ["id"], "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "first_name", "type": "string", "generator": "person.firstName", "nullPercent": 5 },
                { "name": "last_name", "type": "string", "generator": "person.lastName" },
                { "name": "name", "type": "string", "generator": "person.fullName" },
                { "name": "email", "type": "string", "generator": "internet.email" },
                { "name": "score", "type": "integer", "generator": "number.integer", "args": { "min": 0, "max": 50 } } ] } ] }
        """);

    private static readonly MaskingPolicy Policy = MaskSample.Policy("""
        "rules": [ { "columns": ["person.id"], "masker": "fpe" }, { "columns": ["person.first_name"], "masker": "first_name" }, { "columns": ["person.last_name"], "masker": "last_name" },
                   { "columns": ["person.name"], "masker": "full_name", "args": { "first": "first_name", "last": "last_name" } }, { "columns": ["person.email"], "masker": "hash", "when": "score > 10" } ]
        """);

    [Fact]
    [Trait("Requirement", "D3")]
    public void Read_AnyBatchesAndThreads_GivesTheSameRows()
    {
        var rows = MaskSample.Rows(People);
        var expected = MaskSample.Read(MaskSample.Masked(People, rows, Policy), "person", 1024);
        Assert.Equal(3000, expected.Count);
        Assert.Equal(expected, MaskSample.Read(MaskSample.Masked(People, rows, Policy), "person", 7));
        foreach (var (threads, sizes) in new (int, int[])[] { (2, [1024]), (3, [100]), (4, [64, 64, 63, 10, 1]), (2, [3000]), (2, [5000]), (2, [1500]), (2, [999, 1, 2000]) })
            Assert.Equal(expected, MaskSample.Read(MaskSample.Masked(People, new OneWay(rows), Policy, threads), "person", sizes));
    }

    [Fact]
    public void Open_ARangeOfRows_MasksThemAsInTheWhole()
    {
        var masked = MaskSample.Masked(People, MaskSample.Rows(People), Policy);
        var whole = MaskSample.Read(masked, "person");
        using var reader = masked.Open(masked.Entities[0], [4, 3], 1700, 10, CancellationToken.None);
        Assert.Equal(10, reader.Read(100));
        for (var row = 0; row < 10; row++)
            Assert.Equal(whole[1700 + row][3], System.Text.Encoding.UTF8.GetString(((TextColumn)reader.Batch[1])[row]));
    }

    [Fact]
    public void Read_RowsWhereTheConditionDoesNotHoldAndNulls_Stay()
    {
        var rows = MaskSample.Rows(People);
        var before = MaskSample.Read(rows, "person");
        var after = MaskSample.Read(MaskSample.Masked(People, rows, Policy), "person");
        for (var row = 0; row < before.Count; row++)
        {
            Assert.Equal(int.Parse(before[row][5]!, CultureInfo.InvariantCulture) <= 10, before[row][4] == after[row][4]);
            Assert.Equal(before[row][1] is null, after[row][1] is null);
        }
    }

    [Fact]
    public void Read_FullName_IsMadeOfTheMaskedNames()
    {
        var rows = MaskSample.Rows(People);
        var before = MaskSample.Read(rows, "person");
        var after = MaskSample.Read(MaskSample.Masked(People, rows, Policy), "person");
        for (var row = 0; row < before.Count; row++)
        {
            if (before[row][3]!.Split(' ').Length == 2 && after[row][1] is { } first)
                Assert.Equal($"{first} {after[row][2]}", after[row][3]);
        }
    }

    [Fact]
    public void Beside_EachRow_HasItsOriginalsBehind()
    {
        var rows = MaskSample.Rows(People);
        var masked = MaskSample.Masked(People, rows, Policy);
        var both = MaskSample.Read(masked.Beside, "person");
        Assert.Equal(MaskSample.Read(masked, "person"), both.Select(row => row[..6]));
        Assert.Equal(MaskSample.Read(rows, "person"), both.Select(row => row[6..]));
    }

    [Fact]
    public void Read_Sentinels_StayInEveryType()
    {
        var document = MaskSample.Document("""
            { "name": "s", "entities": [ { "name": "t", "rows": 4, "fields": [
                { "name": "name", "type": "string", "generator": "lorem.word" }, { "name": "day", "type": "date", "generator": "date.between", "args": { "from": "2020-01-01", "to": "2021-01-01" } },
                { "name": "n", "type": "integer", "generator": "sequence" }, { "name": "tags", "type": "string", "array": { "min": 0, "max": 3 }, "generator": "lorem.word" } ] } ] }
            """);
        var forever = (long)(new DateTime(9999, 12, 31) - DateTime.UnixEpoch).Days;
        var source = new MemorySource().Add("t", [MemorySource.Column("name", FieldType.String), MemorySource.Column("day", FieldType.Date), MemorySource.Column("n", FieldType.Integer), MemorySource.Column("tags", FieldType.String) with { IsArray = true }],
            [["N/A", forever, -1L, new[] { "Anna", "N/A", "" }], ["", 18000L, 7L, null], ["Anna", null, -1L, Array.Empty<string>()], [null, forever, 8L, new[] { "Anna" }]]);
        var after = MaskSample.Read(MaskSample.Masked(document, source, MaskSample.Policy("""
            "sentinels": ["N/A", "9999-12-31", "-1"], "rules": [ { "columns": ["t.name", "t.day", "t.n", "t.tags"], "masker": "redact" } ]
            """)), "t");
        var redacted = after[2][0];
        Assert.NotEqual("Anna", redacted);
        Assert.Equal((string?[])["N/A", $"{forever}", "-1", $"{{{redacted},N/A,}}"], after[0]);
        Assert.Equal((string?[])["", "-25567", "0", null], after[1]);
        Assert.Equal((string?[])[redacted, null, "-1", "{}"], after[2]);
        Assert.Equal((string?[])[null, $"{forever}", "0", $"{{{redacted}}}"], after[3]);
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public void Read_IntegerAndTextOfOneIdentity_AreMaskedAlikeInTheirOwnForm()
    {
        var document = MaskSample.Document("""
            { "name": "s", "entities": [ { "name": "t", "rows": 3, "primaryKey": ["id"], "fields": [ { "name": "id", "type": "integer", "generator": "sequence" } ] },
                { "name": "u", "rows": 3, "fields": [ { "name": "ref", "type": "string", "generator": "lorem.word" } ] } ] }
            """);
        var source = new MemorySource().Add("t", [MemorySource.Column("id", FieldType.Integer)], [[42L], [7L], [1234567L]])
            .Add("u", [MemorySource.Column("ref", FieldType.String)], [["42"], ["000000000007"], [" 1234567"], ["none-1"], [null]]);
        var masked = MaskSample.Masked(document, source, MaskSample.Policy("""
            "rules": [ { "columns": ["t.id"], "masker": "fpe" } ], "identities": [ { "name": "number", "columns": ["t.id", "u.ref"] } ]
            """));
        var (ids, texts) = (MaskSample.Read(masked, "t"), MaskSample.Read(masked, "u"));
        Assert.Equal(ids[0][0], texts[0][0]);
        Assert.Equal(ids[1][0]!.PadLeft(12, '0'), texts[1][0]);
        Assert.Equal(ids[2][0], texts[2][0]!.Trim());
        Assert.Matches("^[a-z]{4}-[0-9]$", texts[3][0]);
        Assert.NotEqual("none-1", texts[3][0]);
        Assert.Null(texts[4][0]);
    }

    [Fact]
    public void Read_SameKindInAnotherDataset_IsMaskedAlike()
    {
        var one = Emails("person", "mail", ["Anna@Example.org ", "bob@example.org"]);
        var other = Emails("account", "login", ["bob@example.org", "anna@example.org"]);
        Assert.Equal(one[0], other[1]);
        Assert.Equal(one[1], other[0]);

        static List<string?> Emails(string entity, string field, string[] values)
        {
            var document = MaskSample.Document($$"""{ "name": "{{entity}}s", "entities": [ { "name": "{{entity}}", "rows": 2, "fields": [ { "name": "{{field}}", "type": "string", "generator": "internet.email", "personal": "email" } ] } ] }""");
            var source = new MemorySource().Add(entity, [MemorySource.Column(field, FieldType.String)], [.. values.Select(value => new object?[] { value })]);
            return [.. MaskSample.Read(MaskSample.Masked(document, source, MaskSample.Policy("\"rules\": [ { \"personal\": \"email\", \"masker\": \"email\" } ]")), entity).Select(row => row[0])];
        }
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public void Read_RandomSchemasWithMaskedKeys_JoinAsBefore() => Prop.ForAll(Arb.From(Gen.Choose(2, 5).SelectMany(count =>
        Gen.ArrayOf(Gen.Choose(0, 2), count).SelectMany(types => Gen.ArrayOf(Gen.Choose(0, 5), count).Select(parents => (types, parents))))), sample =>
    {
        var document = MaskSample.Document(Schema(sample.types, sample.parents));
        var source = MaskSample.Rows(document);
        var masked = MaskSample.Masked(document, new OneWay(source), MaskSample.Policy($"\"rules\": [ {string.Join(", ", document.Entities.Where(entity => document.Relationships.Any(one => one.To.Entity == entity.Name)).Select(entity => $$"""{ "columns": ["{{entity.Name}}.id"], "masker": "{{(entity.Fields[0].Type == FieldType.Uuid ? "uuid" : "fpe")}}" }"""))} ]"), threads: 2);
        foreach (var relationship in document.Relationships)
        {
            Assert.Equal(Joined(source, relationship), Joined(masked, relationship));
            var keys = MaskSample.Read(masked, relationship.To.Entity).Select(row => row[0]).ToList();
            Assert.Distinct(keys);
            Assert.NotEqual(keys, MaskSample.Read(source, relationship.To.Entity).Select(row => row[0]));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Prepare_KeptRows_AreSeenAsNulls()
    {
        var document = MaskSample.Document("""{ "name": "s", "entities": [ { "name": "t", "rows": 3, "fields": [ { "name": "n", "type": "integer", "generator": "sequence" }, { "name": "m", "type": "integer", "generator": "sequence" } ] } ] }""");
        var source = new MemorySource().Add("t", [MemorySource.Column("n", FieldType.Integer), MemorySource.Column("m", FieldType.Integer)], [[1L, 0L], [-1L, 0L], [5L, 1L], [6L, 0L], [null, 0L]]);
        var seen = new List<long?>();
        var definition = new MaskerDefinition
        {
            Name = "seen", Title = "Seen", Category = "Rearrange", Summary = "", Types = [FieldType.Integer], Traits = MaskerTraits.LooksAtAllRows, ExampleValue = "1",
            Create = _ => new SeenMasker(seen),
        };
        var result = MaskPlan.Compile(new(document, source.Entities, MaskSample.Policy("\"sentinels\": [\"-1\"], \"rules\": [ { \"columns\": [\"t.n\"], \"masker\": \"seen\", \"when\": \"m = 0\" } ]"), MaskSample.Key) { Maskers = _ => definition });
        Assert.Empty(result.Problems);
        var masked = new MaskedSource(source, result.Plan!);
        Assert.Throws<InvalidOperationException>(() => MaskSample.Read(masked, "t"));
        masked.Prepare();
        Assert.Equal([1, null, null, 6, null], seen);
        Assert.Equal(["7", "-1", "5", "7", null], MaskSample.Read(masked, "t").Select(row => row[0]));
    }

    [Fact]
    public void Read_MaskerThatFails_SaysWhichColumnAndNoValue()
    {
        var document = MaskSample.Document("""{ "name": "s", "entities": [ { "name": "t", "rows": 3, "fields": [ { "name": "n", "type": "integer", "generator": "sequence" } ] } ] }""");
        var definition = new MaskerDefinition
        {
            Name = "bad", Title = "Bad", Category = "Rearrange", Summary = "", Types = [FieldType.Integer], Traits = MaskerTraits.None, ExampleValue = "1",
            Create = _ => new FailingMasker(),
        };
        foreach (var threads in new[] { 1, 2 })
        {
            var source = new OneWay(MaskSample.Rows(document));
            var plan = MaskPlan.Compile(new(document, source.Entities, MaskSample.Policy("\"rules\": [ { \"columns\": [\"t.n\"], \"masker\": \"bad\" } ]"), MaskSample.Key) { Maskers = _ => definition }).Plan!;
            var failure = Assert.Throws<Core.Errors.PortalException>(() => MaskSample.Read(new MaskedSource(source, plan, threads), "t"));
            Assert.Contains("t.n could not be masked", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("4711", failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Dispose_BeforeTheEnd_EndsItsThreads()
    {
        var masked = MaskSample.Masked(People, new OneWay(MaskSample.Rows(People)), Policy, threads: 2);
        for (var turn = 0; turn < 20; turn++)
        {
            using var reader = masked.Open(masked.Entities[0], [0, 1, 2], 0, null, CancellationToken.None);
            if (turn % 3 > 0)
                Assert.Equal(10, reader.Read(10));
        }
    }

    /// <summary>Entities e0, e1 …, each with a key (integer, UUID or text) and, by chance, a parent before it or itself.</summary>
    private static string Schema(int[] types, int[] parents)
    {
        string[] keys = ["\"type\": \"integer\", \"generator\": \"sequence\"", "\"type\": \"uuid\", \"generator\": \"uuid\"", "\"type\": \"string\", \"maxLength\": 12, \"generator\": \"pattern\", \"args\": { \"regex\": \"[A-Z]{2}-[0-9]{8}\" }, \"unique\": true"];
        string[] names = ["\"type\": \"integer\"", "\"type\": \"uuid\"", "\"type\": \"string\", \"maxLength\": 12"];
        var (entities, relationships) = (new List<string>(), new List<string>());
        for (var i = 0; i < types.Length; i++)
        {
            int? parent = parents[i] <= i ? parents[i] : null;
            var link = parent is { } of ? $$""", { "name": "parent", {{names[types[of]]}} }""" : "";
            entities.Add($$"""{ "name": "e{{i}}", "rows": {{40 + 30 * i}}, "primaryKey": ["id"], "fields": [ { "name": "id", {{keys[types[i]]}} }{{link}} ] }""");
            if (parent is { } to)
                relationships.Add($$"""{ "name": "r{{i}}", "from": { "entity": "e{{i}}", "fields": ["parent"] }, "to": { "entity": "e{{to}}", "fields": ["id"] }{{(to == i ? ", \"rootPercent\": 20" : ", \"nullPercent\": 10")}} }""");
        }

        return $$"""{ "name": "random", "entities": [ {{string.Join(", ", entities)}} ], "relationships": [ {{string.Join(", ", relationships)}} ] }""";
    }

    /// <summary>For each child the row of its parent; -1: none.</summary>
    private static List<int> Joined(RowSource source, RelationshipDefinition relationship)
    {
        var parents = MaskSample.Read(source, relationship.To.Entity).Select((row, at) => (row[0], at)).ToDictionary(pair => pair.Item1!, pair => pair.at);
        return [.. MaskSample.Read(source, relationship.From.Entity).Select(row => row[1] is { } key ? parents[key] : -1)];
    }

    /// <summary>A source that is read from its beginning only.</summary>
    private sealed class OneWay(RowSource inner) : RowSource
    {
        public override IReadOnlyList<SourceEntity> Entities => inner.Entities;

        public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation) => inner.Open(entity, columns, firstRow, rows, cancellation);
    }

    private sealed class FailingMasker : Masker
    {
        public override void Mask(MaskBatch batch, Column source, Column target) => throw new InvalidOperationException("4711 is no number");
    }

    private sealed class SeenMasker(List<long?> seen) : Masker
    {
        public override RowPass Preparation(int column) => new Pass(column, seen);

        public override void Mask(MaskBatch batch, Column source, Column target)
        {
            target.Reset(batch.Count);
            for (var row = 0; row < batch.Count; row++)
            {
                if (source.IsNull(row))
                    target.SetNull(row);
                else
                    ((LongColumn)target).Values[row] = batch.Keeps(row) ? ((LongColumn)source).Values[row] : 7;
            }
        }

        private sealed class Pass(int column, List<long?> seen) : RowPass
        {
            public override IReadOnlyList<int> Columns => [column];

            public override SegmentPass Begin() => new Segment(column, seen);

            public override void Take(SegmentPass segment)
            {
            }
        }

        private sealed class Segment(int column, List<long?> seen) : SegmentPass
        {
            public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
            {
                for (var row = 0; row < count; row++)
                    seen.Add(columns[column]!.IsNull(row) ? null : ((LongColumn)columns[column]!).Values[row]);
            }
        }
    }
}
