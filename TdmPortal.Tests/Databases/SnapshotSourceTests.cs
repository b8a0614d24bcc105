using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Postgres;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Databases;

public sealed class SnapshotSourceTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_ColumnsOfManyTypes_ComeAsTheirFields()
    {
        await using var database = await TestDatabase.CreateAsync(server, """
            CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN cents AS int CHECK (VALUE >= 0); CREATE SCHEMA "My Shop";
            CREATE TABLE "My Shop"."Orders" ("Id" smallint, price cents, amount numeric(12,3), ratio real, paid boolean, day date, at_time time, at timestamp, zoned timestamptz,
              key uuid, doc jsonb, plain json, feeling mood, code char(4), tags text[], net inet, span interval, raw bytea, numbers int[], loose numeric);
            INSERT INTO "My Shop"."Orders" VALUES (7, 12, 1.250, 0.5, true, '2024-02-29', '12:30', '2024-01-01 10:00', '2024-01-01 10:00+02', '11111111-2222-3333-4444-555555555555',
              '{"a": 1}', '{"b":2}', 'ok', 'ab', '{x,"y z"}', '10.0.0.1', '1 day', '\x0102', '{1,2}', 3.5), (8, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
            """);
        var document = Document("""
            { "name": "orders", "table": { "schema": "My Shop", "name": "Orders" }, "rows": 1, "fields": [
              F("id", "integer", "column": "Id"), F("price", "decimal"), F("amount", "decimal", "scale": 3), F("ratio", "double"), F("paid", "boolean"), F("day", "date"), F("at_time", "time"), F("at", "timestamp"), F("zoned", "timestamp"),
              F("key", "uuid"), F("doc", "json"), F("plain", "string"), F("feeling", "string"), F("code", "string"), F("tags", "string", "array": { "min": 0, "max": 3 }), F("net", "string"), F("span", "string"), F("raw", "string"), F("numbers", "string", "sqlType": "int4[]"), F("loose", "decimal", "scale": 1) ] }
            """);
        await using var source = await SnapshotSource.OpenAsync(database.Source, document, Cancellation);

        Assert.Equal(
            [
                ["7", "12.00", "1.250", "0.5", "true", "2024-02-29", "12:30:00", "2024-01-01T10:00:00Z", "2024-01-01T08:00:00Z", "11111111-2222-3333-4444-555555555555", "{\"a\": 1}", "{\"b\":2}", "ok", "ab  ", "[\"x\",\"y z\"]", "10.0.0.1/32", "P1D", "\\x0102", "{1,2}", "3.5"],
                ["8", .. Enumerable.Repeat<string?>(null, 19)],
            ], Rows(source, "orders"));
    }

    [Fact]
    public async Task Read_RowsChangedMeanwhile_ComeAsTheyWereWhenItWasOpened()
    {
        await using var database = await TestDatabase.CreateAsync(server, "CREATE TABLE a (id int); INSERT INTO a SELECT generate_series(1, 5000); CREATE TABLE b (id int); INSERT INTO b VALUES (1)");
        await using var source = await SnapshotSource.OpenAsync(database.Source, Document("""{ "name": "a", "rows": 1, "fields": [ F("id", "integer") ] }, { "name": "b", "rows": 1, "fields": [ F("id", "integer") ] }"""), Cancellation);
        await database.RunAsync("UPDATE a SET id = -id; INSERT INTO b VALUES (2); DELETE FROM a WHERE id = -1");

        Assert.Equal(Enumerable.Range(1, 5000).Select(id => $"{id}"), Rows(source, "a").Select(row => row[0]));
        Assert.Equal(["1"], Rows(source, "b").Select(row => row[0]));
    }

    [Fact]
    public async Task Count_IsTheSnapshots_AndUnknownWhereItTakesTooLong()
    {
        await using var database = await TestDatabase.CreateAsync(server, "CREATE TABLE a (id int); INSERT INTO a SELECT generate_series(1, 5000)");
        await using var source = await SnapshotSource.OpenAsync(database.Source, Document("""{ "name": "a", "rows": 1, "fields": [ F("id", "integer") ] }"""), Cancellation);
        await database.RunAsync("INSERT INTO a VALUES (0)");

        Assert.Equal(5000, await source.CountAsync(source.Entities[0], TimeSpan.FromMinutes(1), Cancellation));
        await using var other = await database.Source.OpenConnectionAsync(Cancellation);
        await using var holds = await other.BeginTransactionAsync(Cancellation);
        await using (var hold = new Npgsql.NpgsqlCommand("LOCK TABLE a", other))
            await hold.ExecuteNonQueryAsync(Cancellation);
        Assert.Null(await source.CountAsync(source.Entities[0], TimeSpan.FromMilliseconds(20), Cancellation));
    }

    [Fact]
    public async Task Read_PartitionedAndInherited_GiveEachRowOnce()
    {
        await using var database = await TestDatabase.CreateAsync(server, """
            CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10); CREATE TABLE p2 PARTITION OF p DEFAULT; INSERT INTO p VALUES (5), (50);
            CREATE TABLE base (id int); CREATE TABLE kid () INHERITS (base); INSERT INTO base VALUES (1); INSERT INTO kid VALUES (2);
            """);
        await using var source = await SnapshotSource.OpenAsync(database.Source, Document("""{ "name": "p", "rows": 1, "fields": [ F("id", "integer") ] }, { "name": "base", "rows": 1, "fields": [ F("id", "integer") ] }, { "name": "kid", "rows": 1, "fields": [ F("id", "integer") ] }"""), Cancellation);

        Assert.Equal(["5", "50"], Rows(source, "p").Select(row => row[0]));
        Assert.Equal(["1"], Rows(source, "base").Select(row => row[0]));
        Assert.Equal(["2"], Rows(source, "kid").Select(row => row[0]));
    }

    [Fact]
    public async Task Open_TableAndColumnMissing_NamesBoth()
    {
        await using var database = await TestDatabase.CreateAsync(server, "CREATE TABLE a (id int)");
        var failure = await Assert.ThrowsAsync<PortalException>(() => SnapshotSource.OpenAsync(database.Source, Document("""{ "name": "a", "rows": 1, "fields": [ F("nr", "integer") ] }, { "name": "b", "rows": 1, "fields": [ F("id", "integer") ] }"""), Cancellation));

        Assert.Equal("source.changed", failure.Code);
        Assert.Contains("public.a has no column nr; there is no table b", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("numeric", "1234.567", "decimal")]
    [InlineData("int[]", "{1,NULL}", "integer\", \"array\": { \"min\": 0, \"max\": 2 }, \"description\": \"x")]
    public async Task Read_ValueThatTheFieldCannotHold_IsRefusedWithoutTheValue(string sqlType, string value, string type)
    {
        await using var database = await TestDatabase.CreateAsync(server, $"CREATE TABLE a (x {sqlType}); INSERT INTO a VALUES ('{value}')");
        await using var source = await SnapshotSource.OpenAsync(database.Source, Document($$"""{ "name": "a", "rows": 1, "fields": [ F("x", "{{type}}") ] }"""), Cancellation);
        var failure = Assert.Throws<PortalException>(() => Rows(source, "a"));
        Assert.Equal("source.unreadable", failure.Code);
        Assert.Contains("x", failure.SuggestedActions[0], StringComparison.Ordinal);
        Assert.DoesNotContain("1234", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_LeftEarlyOrStopped_LeavesNoConnectionBehind()
    {
        await using var database = await TestDatabase.CreateAsync(server, "CREATE TABLE a (id int); INSERT INTO a SELECT generate_series(1, 300000)");
        await using (var source = await SnapshotSource.OpenAsync(database.Source, Document("""{ "name": "a", "rows": 1, "fields": [ F("id", "integer") ] }"""), Cancellation))
        {
            using (var reader = source.Open(source.Entities[0], [0], 0, null, Cancellation))
                Assert.Equal(100, reader.Read(100));
            using var stop = new CancellationTokenSource();
            using var stopped = source.Open(source.Entities[0], [0], 0, 20, stop.Token);
            Assert.Equal(20, stopped.Read(100));
            await stop.CancelAsync();
            Assert.ThrowsAny<OperationCanceledException>(() => stopped.Read(100));
        }

        Assert.Equal("0", await database.AskAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()"));
    }

    [Fact]
    public async Task Read_Source_CannotWrite()
    {
        await using var database = await TestDatabase.CreateAsync(server, "CREATE TABLE log (id int); CREATE FUNCTION noisy() RETURNS int LANGUAGE sql AS 'INSERT INTO log VALUES (1) RETURNING id'; CREATE VIEW v AS SELECT noisy() AS id");
        await using var source = await SnapshotSource.OpenAsync(database.Source, Document("""{ "name": "v", "rows": 1, "fields": [ F("id", "integer") ] }"""), Cancellation);
        var failure = Assert.Throws<PortalException>(() => Rows(source, "v"));
        Assert.Equal("database.failed", failure.Code);
    }

    internal static List<string?[]> Rows(RowSource source, string entity)
    {
        var found = source.Entities.First(one => one.Name == entity);
        using var reader = source.Open(found, [.. Enumerable.Range(0, found.Columns.Count)], 0, null, Cancellation);
        var rows = new List<string?[]>();
        for (int read; (read = reader.Read(1000)) > 0;)
        {
            for (var row = 0; row < read; row++)
                rows.Add([.. found.Columns.Select((column, c) => CellText.Of(reader.Batch[c], row, column))]);
        }

        return rows;
    }

    /// <summary>A document of entities whose fields are written F("name", "type", more).</summary>
    private static SchemaDocument Document(string entities)
    {
        var text = System.Text.RegularExpressions.Regex.Replace(entities, """F\("(?<name>\w+)", "(?<type>[^"]+)"(?:, )?(?<rest>[^()]*)\)""", match => $$"""{ "name": "{{match.Groups["name"].Value}}", "type": "{{match.Groups["type"].Value}}", "generator": "constant"{{(match.Groups["rest"].Length > 0 ? ", " + match.Groups["rest"].Value : "")}} }""", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return TestDatabase.Document($"\"entities\": [ {text} ]");
    }
}
