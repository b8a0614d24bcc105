using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Postgres;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Databases;

public sealed class TableLoaderTests(DatabaseServer server)
{
    private const string Id = """{ "name": "id", "type": "integer", "generator": "sequence" }""";
    private const string Cycle = """
        "entities": [ { "name": "a", "rows": 50, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" }, { "name": "b_id", "type": "integer" } ], "primaryKey": ["id"] },
                      { "name": "b", "rows": 40, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" }, { "name": "a_id", "type": "integer" } ], "primaryKey": ["id"] } ],
        "relationships": [ { "name": "a_b", "from": { "entity": "a", "fields": ["b_id"] }, "to": { "entity": "b", "fields": ["id"] }, "nullPercent": 0.5 },
                           { "name": "b_a", "from": { "entity": "b", "fields": ["a_id"] }, "to": { "entity": "a", "fields": ["id"] } } ]
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Load_ChildrenFirstInTheDocument_GoInBehindTheirParents()
    {
        await using var database = await TestDatabase.CreateAsync(server, """
            CREATE SCHEMA "My Shop"; CREATE TABLE "My Shop"."Customer" ("Id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Name" varchar(40) NOT NULL, "Upper" text GENERATED ALWAYS AS (upper("Name")) STORED);
            CREATE TABLE orders (id serial PRIMARY KEY, customer bigint NOT NULL REFERENCES "My Shop"."Customer", parent int REFERENCES orders, noted timestamptz NOT NULL DEFAULT now());
            """);
        var plan = TestDatabase.Plan($$"""
            "entities": [
              { "name": "orders", "rows": 30000, "fields": [ {{Id}}, { "name": "customer", "type": "integer" }, { "name": "parent", "type": "integer" } ], "primaryKey": ["id"] },
              { "name": "customer", "rows": 500, "table": { "schema": "My Shop", "name": "Customer" }, "fields": [ { "name": "id", "type": "integer", "generator": "sequence", "column": "Id" }, { "name": "name", "type": "string", "maxLength": 40, "generator": "person.fullName", "column": "Name" }, { "name": "big", "type": "string", "generator": "expression", "args": { "value": "upper(name)" }, "column": "Upper" } ], "primaryKey": ["id"] } ],
            "relationships": [ { "name": "r", "from": { "entity": "orders", "fields": ["customer"] }, "to": { "entity": "customer", "fields": ["id"] } },
                               { "name": "s", "from": { "entity": "orders", "fields": ["parent"] }, "to": { "entity": "orders", "fields": ["id"] }, "rootPercent": 10 } ]
            """);
        var told = new List<(string, long)>();

        var result = await TableLoader.LoadAsync(database.Source, plan, new() { Threads = 3 }, (entity, rows) => told.Add((entity, rows)), Cancellation);

        Assert.Equal([("customer", "My Shop.Customer", 500L, true), ("orders", "public.orders", 30000L, true)], result.Tables.Select(table => (table.Entity, table.Table, table.Rows, table.Binary)));
        Assert.Equal((30500, 4, 0), (result.Rows, result.Rules, result.Notes.Count));
        Assert.Equal([("customer", 500), ("orders", 16384), ("orders", 30000)], told);
        Assert.Equal("30000 500", await database.AskAsync("""SELECT (SELECT count(*) FROM orders) || ' ' || (SELECT count(*) FROM "My Shop"."Customer" WHERE "Upper" = upper("Name"))"""));

        // Rows that come afterwards get numbers of their own.
        await database.RunAsync("""INSERT INTO "My Shop"."Customer" ("Name") VALUES ('later'); INSERT INTO orders (customer) VALUES (1)""");
        Assert.Equal("501 30001", await database.AskAsync("""SELECT (SELECT max("Id") FROM "My Shop"."Customer") || ' ' || (SELECT max(id) FROM orders)"""));
    }

    [Fact]
    public async Task Load_TypesThatAreNotEncoded_GoInAsText()
    {
        await using var database = await TestDatabase.CreateAsync(server, """
            CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN small AS numeric(6,2) CHECK (VALUE < 1000);
            CREATE TABLE t (net inet, span interval, words tsvector, during tstzrange, raw bytea, price money, moods mood[], bits bit(3), feeling mood, cost small, tags text[], at timestamp, n int2);
            """);
        string Constant(string name, string type, string value, string more = "") => $$"""{ "name": "{{name}}", "type": "{{type}}", "generator": "constant", "args": { "value": {{value}} }{{more}} }""";
        var plan = TestDatabase.Plan($$"""
            "entities": [ { "name": "t", "rows": 3, "fields": [ {{Constant("net", "string", "\"10.0.0.1\"")}}, {{Constant("span", "string", "\"P1DT2H\"")}}, {{Constant("words", "string", "\"a\\tb\\\\c\"")}}, {{Constant("during", "string", "\"[2024-01-01,2024-02-01)\"")}}, {{Constant("raw", "string", "\"\\\\x0102\"")}},
              {{Constant("price", "decimal", "12.5")}}, {{Constant("moods", "string", "\"ok\"", ", \"array\": { \"min\": 2, \"max\": 2 }")}}, {{Constant("bits", "string", "\"101\"")}}, {{Constant("feeling", "string", "\"sad\"")}}, {{Constant("cost", "decimal", "9.99")}},
              {{Constant("tags", "string", "\"x,\\\"y\"", ", \"array\": { \"min\": 1, \"max\": 1 }")}}, {{Constant("at", "timestamp", "\"2024-03-01T10:00:00Z\"")}}, {{Constant("n", "integer", "7", ", \"nullPercent\": 100")}} ] } ]
            """);

        var result = await TableLoader.LoadAsync(database.Source, plan, new(), null, Cancellation);

        Assert.False(result.Tables[0].Binary);
        Assert.Equal("""(10.0.0.1,"1 day 02:00:00","'a' 'bc'","[""2024-01-01 00:00:00+00"",""2024-02-01 00:00:00+00"")","\\x0102",$12.50,"{ok,ok}",101,sad,9.99,"{""x,\\""y""}","2024-03-01 10:00:00",)""",
            (await database.AskAsync("SELECT min(t::text) FROM (SELECT * FROM t) t"))?.Replace("+01", "+00", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("b_id int", "a_id int NOT NULL", "", "")]
    [InlineData("b_id int NOT NULL", "a_id int NOT NULL", "", "DEFERRABLE")]
    [InlineData("b_id int NOT NULL", "a_id int NOT NULL", "DEFERRABLE INITIALLY DEFERRED", "")]
    [InlineData("b_id int NOT NULL, number int GENERATED ALWAYS AS IDENTITY", "a_id int NOT NULL", "", "")]
    public async Task Load_Cycle_OpensAtItsNullableOrDeferrableEdgeOrGoesInByOneStatement(string inA, string inB, string ofA, string ofB)
    {
        await using var database = await TestDatabase.CreateAsync(server, $"""
            CREATE TABLE a (id int PRIMARY KEY, {inA}); CREATE TABLE b (id int PRIMARY KEY, {inB});
            ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b_id) REFERENCES b {ofA}; ALTER TABLE b ADD CONSTRAINT b_a FOREIGN KEY (a_id) REFERENCES a {ofB};
            """);
        var plan = TestDatabase.Plan(Cycle.Replace("0.5", inA.Contains("NOT", StringComparison.Ordinal) ? "0" : "0.5", StringComparison.Ordinal) is var cycle && inA.Contains("NOT", StringComparison.Ordinal)
            ? cycle.Replace("{ \"name\": \"b_id\", \"type\": \"integer\" }", "{ \"name\": \"b_id\", \"type\": \"integer\", \"generator\": \"number.integer\", \"args\": { \"min\": 1, \"max\": 40 } }", StringComparison.Ordinal).Replace("{ \"name\": \"a_b\", \"from\": { \"entity\": \"a\", \"fields\": [\"b_id\"] }, \"to\": { \"entity\": \"b\", \"fields\": [\"id\"] }, \"nullPercent\": 0 },", "", StringComparison.Ordinal)
            : cycle);

        await TableLoader.LoadAsync(database.Source, plan, new(), null, Cancellation);

        Assert.Equal("50 40", await database.AskAsync("SELECT count(*) || ' ' || (SELECT count(*) FROM b JOIN a ON a.id = b.a_id) FROM a JOIN b ON b.id = a.b_id"));
    }

    [Fact]
    public async Task Load_TablesThatDoNotFit_SaysAllReasonsBeforeTheFirstRow()
    {
        await using var database = await TestDatabase.CreateAsync(server, """
            CREATE TABLE full_one (id int); INSERT INTO full_one VALUES (1); CREATE VIEW seen AS SELECT 1 AS id; CREATE TABLE other (id date, must text NOT NULL, has text NOT NULL DEFAULT 'x'); CREATE TABLE guarded (id int); ALTER TABLE guarded ENABLE ROW LEVEL SECURITY; ALTER TABLE guarded FORCE ROW LEVEL SECURITY;
            CREATE TABLE numbered (id serial); DROP ROLE IF EXISTS loader; CREATE ROLE loader LOGIN PASSWORD 'loader'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO loader; GRANT INSERT ON full_one, other, guarded, numbered TO loader;
            """);
        string Entity(string name, string more = "") => $$"""{ "name": "{{name}}", "rows": 1, "fields": [ {{Id}}{{more}} ] }""";
        await using var asLoader = Npgsql.NpgsqlDataSource.Create(new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = "loader", Password = "loader" });
        var plan = TestDatabase.Plan($"\"entities\": [ {Entity("full_one")}, {Entity("seen")}, {Entity("other", ", " + Id.Replace("\"id\"", "\"none\"", StringComparison.Ordinal))}, {Entity("missing")}, {Entity("guarded")}, {Entity("numbered")} ]");

        var refused = await Assert.ThrowsAsync<LoadRefusedException>(() => TableLoader.LoadAsync(asLoader, plan, new(), null, Cancellation));

        Assert.Equal(
            [
                "public.seen is no table but a view", "public.other.id is date, which takes no integer as other.id is one", "public.other has no column none, which other.none fills", "public.other.must must not be null and has no default, and other has no field for it",
                "there is no table missing for missing, or the user may not see it", "public.full_one has rows already: empty it, or say whether to append or to truncate", "public.guarded has row-level security, which COPY does not go through: load as its owner or as a user that bypasses it",
                "the user may not set the sequence public.numbered_id_seq, which has to go on behind the rows of public.numbered: GRANT SELECT, UPDATE ON SEQUENCE public.numbered_id_seq",
            ], refused.Reasons);
        Assert.Equal("load.refused", refused.Code);
        await database.RunAsync("DROP OWNED BY loader; DROP ROLE loader");
    }

    [Fact]
    public async Task Load_IntoRowsThatAreThere_AppendsOrTruncatesAsAsked()
    {
        await using var database = await TestDatabase.CreateAsync(server, "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int REFERENCES a); INSERT INTO a VALUES (-1); INSERT INTO b VALUES (-1)");
        var both = TestDatabase.Plan($$"""
            "entities": [ { "name": "a", "rows": 3, "fields": [ {{Id}} ], "primaryKey": ["id"] }, { "name": "b", "rows": 3, "fields": [ { "name": "id", "type": "integer" } ] } ],
            "relationships": [ { "name": "r", "from": { "entity": "b", "fields": ["id"] }, "to": { "entity": "a", "fields": ["id"] } } ]
            """);
        await TableLoader.LoadAsync(database.Source, both, new() { Existing = ExistingRows.Append }, null, Cancellation);
        Assert.Equal("{-1,1,2,3}", await database.AskAsync("SELECT array_agg(id ORDER BY id) FROM a"));
        await TableLoader.LoadAsync(database.Source, both, new() { Existing = ExistingRows.Truncate }, null, Cancellation);
        Assert.Equal("{1,2,3}", await database.AskAsync("SELECT array_agg(id ORDER BY id) FROM a"));

        var alone = TestDatabase.Plan($$""" "entities": [ { "name": "a", "rows": 3, "fields": [ {{Id}} ] } ] """);
        var refused = await Assert.ThrowsAsync<LoadRefusedException>(() => TableLoader.LoadAsync(database.Source, alone, new() { Existing = ExistingRows.Truncate }, null, Cancellation));
        Assert.Equal(["public.a cannot be emptied, since tables that are not loaded point to it: b"], refused.Reasons);
    }

    [Theory]
    [InlineData("x int CHECK (x < 20990)", "database.check", "t_x_check")]
    [InlineData("x int UNIQUE", "database.not_distinct", "t_x_key")]
    [InlineData("x smallint REFERENCES o", "database.no_parent", "t_x_fkey")]
    [InlineData("x varchar(3)", "database.too_long", "row 144, column x")]
    [InlineData("x text", "database.trigger", "in the function refuse")]
    public async Task Load_ServerRefusesARow_ChangesNothingAndTellsTheRuleWithoutValues(string column, string code, string where)
    {
        await using var database = await TestDatabase.CreateAsync(server, $"""
            CREATE TABLE o (id smallint PRIMARY KEY); CREATE TABLE first (id serial); CREATE TABLE t ({column});
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF new.x::text = ''20994'' THEN RAISE EXCEPTION ''not %'', new.x; END IF; RETURN new; END'; CREATE TRIGGER refuse BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        if (code != "database.trigger")
            await database.RunAsync("DROP TRIGGER refuse ON t");
        var x = code == "database.not_distinct" ? "\"generator\": \"constant\", \"args\": { \"value\": 20994 }" : "\"generator\": \"sequence\", \"args\": { \"step\": 7 }";
        var plan = TestDatabase.Plan($$""" "entities": [ { "name": "first", "rows": 5, "fields": [ {{Id}} ] }, { "name": "t", "rows": 3000, "fields": [ { "name": "x", "type": "integer", {{x}} } ] } ] """);

        var failure = await Assert.ThrowsAsync<PortalException>(() => TableLoader.LoadAsync(database.Source, plan, new(), null, Cancellation));

        Assert.Equal(code, failure.Code);
        Assert.StartsWith("Loading public.t failed: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(where, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("20994", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("0 false", await database.AskAsync("SELECT (SELECT count(*) FROM first) || ' ' || (SELECT is_called FROM first_id_seq)"));
    }

    [Fact]
    public async Task Load_Stopped_ChangesNothing()
    {
        await using var database = await TestDatabase.CreateAsync(server, "CREATE TABLE t (x int); CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF new.x = 1500 THEN PERFORM pg_sleep(100); END IF; RETURN new; END'; CREATE TRIGGER slow AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION slow()");
        using var stop = new CancellationTokenSource();
        var plan = TestDatabase.Plan("""
            "entities": [ { "name": "t", "rows": 2000, "fields": [ { "name": "x", "type": "integer", "generator": "sequence" } ] } ]
            """);
        var loading = TableLoader.LoadAsync(database.Source, plan, new(), (_, _) => stop.CancelAfter(100), stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loading);
        Assert.Equal("0", await database.AskAsync("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Load_FromAnotherDatabase_PutsItsRowsThere()
    {
        const string script = "CREATE TABLE t (id int PRIMARY KEY, net inet, at timestamp, big numeric(30,4)); CREATE TABLE p (id int, at date) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p DEFAULT;";
        await using var from = await TestDatabase.CreateAsync(server, script + "INSERT INTO t SELECT i, '10.0.0.1', CASE i WHEN 7 THEN 'infinity' ELSE timestamp '2024-01-01' + i * interval '1 hour' END, i * 1234567890123456.7891 FROM generate_series(1, 20000) i; INSERT INTO p SELECT i, 'epoch' FROM generate_series(1, 9) i");
        await using var to = await TestDatabase.CreateAsync(server, script);
        var document = TestDatabase.Document("""
            "entities": [ { "name": "t", "rows": 1, "fields": [ { "name": "id", "type": "integer" }, { "name": "net", "type": "string", "sqlType": "inet" }, { "name": "at", "type": "timestamp" }, { "name": "big", "type": "decimal", "precision": 30, "scale": 4 } ] },
                          { "name": "p", "rows": 1, "fields": [ { "name": "id", "type": "integer" }, { "name": "at", "type": "date" } ] } ]
            """);
        await using var source = await SnapshotSource.OpenAsync(from.Source, document, Cancellation);
        await TableLoader.LoadAsync(to.Source, document, source, new(), null, Cancellation);

        const string sums = "SELECT md5(string_agg(t::text, ';' ORDER BY id)) FROM t";
        Assert.Equal(await from.AskAsync(sums), await to.AskAsync(sums));
        Assert.Equal("9", await to.AskAsync("SELECT count(*) FROM p"));
        Assert.Equal("1", await to.AskAsync("SELECT count(*) FROM p1"));
    }

    [Fact]
    public async Task Load_SourceFails_SaysThatAndNotTheServer()
    {
        await using var database = await TestDatabase.CreateAsync(server, "CREATE TABLE t (id int)");
        var document = TestDatabase.Document($$""" "entities": [ { "name": "t", "rows": 1, "fields": [ {{Id}} ] } ] """);
        var opened = 0;
        var source = new FileSource(document, [("t", "t.csv")], _ => opened++ == 0 ? new MemoryStream("id\n1\n"u8.ToArray()) : throw new IOException("the disk is gone"));

        var failure = await Assert.ThrowsAsync<IOException>(() => TableLoader.LoadAsync(database.Source, document, source, new(), null, Cancellation));
        Assert.Equal("the disk is gone", failure.Message);
        Assert.Equal("0", await database.AskAsync("SELECT count(*) FROM t"));
    }
}
