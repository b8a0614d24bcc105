using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Import;
using TdmPortal.Postgres;
using TdmPortal.Tests.Databases;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>The forms of checks and of unique indexes that an import understands: a table each, filled with all of them on.</summary>
[Trait("Requirement", "D7")]
public sealed class CheckFormTests(DatabaseServer server)
{
    /// <summary>Columns and check of a table each.</summary>
    private static readonly (string Columns, string Check)[] Understood =
    [
        // Comparisons.
        ("a int not null", "a > 5"), ("a int not null", "10 >= a and a <> 3"), ("a int", "a between 5 and 9"), ("a numeric(6,2) not null", "a >= 0 and a < 100.5"), ("a smallint", "a % 5 = 0"), ("a int", "mod(a, 7) = 0"),
        ("a double precision not null", "abs(a) <= 1"), ("a int not null, b int not null", "a < b"), ("a int, b int", "a is null or a <= b"), ("a numeric(8,2) not null, b numeric(8,2) not null, c numeric(10,2) not null", "c = a + b"),
        ("a date not null, b date not null", "b > a"), ("a timestamptz not null, b timestamptz", "b is null or b >= a"), ("a date", "a >= '2020-01-01' and a < '2021-01-01'"), ("a timestamp not null", "a <= now()"), ("a boolean not null", "a"), ("a boolean not null", "a is not false"),
        ("a int not null", "not (a < 3 or a > 8)"), ("a int", "case when a is null then true else a > 0 end"), ("a int not null, b int not null", "greatest(a, b) <= 100"),
        // Lists.
        ("a text not null", "a in ('x', 'y', 'z')"), ("a int", "a in (1, 2, 3)"), ("a char(1)", "a = any (array['m', 'f'])"), ("a text not null", "a = 'x' or a = 'y'"), ("a text not null", "a not in ('x', 'y')"), ("a text not null", "lower(a) in ('x', 'y')"),
        // Regular expressions and LIKE.
        ("a text not null", "a ~ '^[A-Z]{2}-[0-9]{4}$'"), ("a text", "a ~* '^ab+c$'"), ("a text not null", "a !~ '[^a-z]'"), ("a varchar(12) not null", "a ~ '^(ab|cd)[0-9]*$'"), ("a text not null", "a like 'SKU-%'"), ("a text not null", "a like '%@%'"), ("a text", "a similar to '[a-z]+[0-9]{2}'"),
        ("a text not null", "a ~ '^\\d{3}-\\w{2}$'"), ("a text not null", "starts_with(a, 'ab')"), ("a text not null", "position('@' in a) > 1"), ("a text not null", "a not like '%/%' and a like '%.txt'"),
        // Lengths and case.
        ("a text not null", "length(a) = 7"), ("a text not null", "char_length(a) between 3 and 20"), ("a text", "length(trim(a)) > 0"), ("a text not null", "a <> ''"), ("a text not null", "a = lower(a)"), ("a text not null", "upper(a) = a and length(a) <= 8"), ("a text not null", "octet_length(a) <= 40"), ("a bytea not null", "octet_length(a) = 16"),
        // Nulls of several columns.
        ("a int, b int", "num_nonnulls(a, b) = 1"), ("a int, b text, c date", "num_nonnulls(a, b, c) >= 1"), ("a int, b int", "(a is null) = (b is null)"), ("a int, b int", "(a is null) <> (b is null)"), ("a int, b int", "a is not null or b is not null"), ("a text not null, b date", "(a = 'x') = (b is not null)"),
        ("a text not null, b int, c int", "(a = 'x' and b is not null and c is null) or (a = 'y' and b is null and c is not null)"), ("a text not null, b int", "a <> 'x' or b is not null"), ("a int, b int, c int", "num_nulls(a, b, c) in (0, 3)"), ("a int, b int", "coalesce(a, b) > 0"),
        // Enumerations and domains.
        ("a mood not null", "a <> 'sad'"), ("a mood", "a in ('happy', 'calm')"), ("a mood not null, b text", "a <> 'sad' or b is not null"), ("a positive not null, b percentage", "a > b"), ("a code", "a is not null"), ("a code[] not null", "cardinality(a) between 1 and 2"), ("a positive[]", "array_length(a, 1) <= 3"),
        // Lists of values and JSON.
        ("a text[] not null", "cardinality(a) > 0"), ("a int[]", "array_length(a, 1) >= 2"), ("a jsonb not null", "jsonb_typeof(a) = 'object'"), ("a jsonb", "jsonb_array_length(a) >= 2"), ("a int4range not null", "not isempty(a)"), ("a interval", "a > interval '0'"),
    ];

    private const string Types = """
        create type mood as enum ('happy', 'calm', 'sad'); create domain positive as int check (value > 0); create domain percentage as numeric(5,2) check (value between 0 and 100);
        create domain code as varchar(20) check (value ~ '^[A-Z]{3}[0-9]+$');
        """;

    [Fact]
    public async Task Make_FormsOfChecks_AreKeptToByWhatIsMade()
    {
        await using var database = await TestDatabase.CreateAsync(server, Types + string.Concat(Understood.Select((form, i) => $"create table t{i:00} (id int primary key, {form.Columns}, constraint c{i:00} check ({form.Check}));")));

        var (imported, plan) = await ImportAsync(database);

        Assert.True(imported.NotUnderstood.Count == 0, string.Join('\n', imported.NotUnderstood.Select(one => $"{one.Definition}: {one.Why}")));
        Assert.Equal([], imported.Problems);
        var loaded = await TableLoader.LoadAsync(database.Source, plan, new(), null, TestContext.Current.CancellationToken);
        Assert.Equal(Understood.Length * 40L, loaded.Rows);
        // Columns are not null all over, only because that keeps to everything.
        var empty = new List<string>();
        for (var i = 0; i < Understood.Length; i++)
        {
            foreach (var column in Understood[i].Columns.Split(',').Select(one => one.Trim().Split(' ')[0]).Where(name => name is "a" or "b" or "c"))
            {
                if (await database.AskAsync($"select count({column}) from t{i:00}") == "0")
                    empty.Add($"{column} of {Understood[i].Check}");
            }
        }

        Assert.True(empty.Count <= 6, string.Join('\n', empty));
    }

    [Fact]
    public async Task Make_ChecksWithoutWords_AreListedAndAskedOfTheServer()
    {
        await using var database = await TestDatabase.CreateAsync(server, """
            create function even(n int) returns boolean language sql immutable as 'select n % 2 = 0';
            create table met (id int primary key, a int not null constraint met_check check (even(a) or not even(a)));
            create table unmet (id int primary key, a int not null constraint unmet_check check (even(a) and not even(a + 2)));
            """);

        var (imported, plan) = await ImportAsync(database);

        Assert.Equal(["met_check a", "unmet_check a"], imported.NotUnderstood.Select(one => $"{one.Name} {string.Join(',', one.Columns)}").Order(StringComparer.Ordinal));
        // All or nothing: the server refuses one table's rows, so none of the other's are there.
        var refused = await Assert.ThrowsAnyAsync<PortalException>(() => TableLoader.LoadAsync(database.Source, plan, new(), null, TestContext.Current.CancellationToken));
        Assert.Contains("unmet_check", refused.Message + string.Join(' ', refused.SuggestedActions), StringComparison.Ordinal);
        Assert.Equal("0", await database.AskAsync("select count(*) from met"));
        await database.RunAsync("drop table unmet");
        (_, plan) = await ImportAsync(database);
        Assert.Equal(40, (await TableLoader.LoadAsync(database.Source, plan, new(), null, TestContext.Current.CancellationToken)).Rows);
    }

    [Fact]
    public async Task Make_UniqueIndexesOverExpressions_AreKeptToOrListedAndAskedOfTheServer()
    {
        await using var database = await TestDatabase.CreateAsync(server, """
            create table account (id int primary key, email text not null, login varchar(20) not null, tenant int not null, title text, at timestamptz not null, body text not null, closed boolean not null);
            create unique index email_lower on account (lower(email));
            create unique index login_upper on account (tenant, upper(login));
            create unique index title_trimmed on account (trim(title));
            create unique index title_of_none on account (coalesce(title, ''), tenant);
            create unique index body_hash on account (md5(body));
            create unique index minute on account (date_trunc('minute', at at time zone 'UTC'));
            create unique index open_email on account (lower(email), tenant) where not closed;
            """);

        var (imported, plan) = await ImportAsync(database, 300);

        // What only differs in case or blanks differs more; a hash differs where its text does; of a minute that is not known.
        var unique = imported.Document.Entities[0].Fields.Where(field => field.Unique).Select(field => field.Name).Order(StringComparer.Ordinal);
        Assert.Equal(["at", "body", "email", "title"], unique);
        Assert.Equal(["body_hash", "minute"], imported.NotUnderstood.Select(one => one.Name).Order(StringComparer.Ordinal));
        Assert.All(imported.NotUnderstood, one => Assert.NotEmpty(one.Columns));
        Assert.Contains(imported.Document.Entities[0].Unique, key => key.SequenceEqual(["tenant", "login"]));
        Assert.Equal(300, (await TableLoader.LoadAsync(database.Source, plan, new(), null, TestContext.Current.CancellationToken)).Rows);

        // Values that are unique and yet one to the index: nothing of them stays.
        await database.RunAsync("truncate account");
        var entity = imported.Document.Entities[0];
        var alike = imported.Document with { Entities = [entity with { Rows = 40, Fields = [.. entity.Fields.Select(field => field.Name == "email" ? field with { Generator = "pattern", Args = new([KeyValuePair.Create("regex", System.Text.Json.JsonSerializer.SerializeToElement("[aA][bB][cC][dD][eE][fF]"))]) } : field)] }] };
        var refused = await Assert.ThrowsAnyAsync<PortalException>(() => TableLoader.LoadAsync(database.Source, GenerationPlan.Compile(alike, new()).Plan!, new(), null, TestContext.Current.CancellationToken));
        Assert.Contains("email", refused.Message, StringComparison.Ordinal);
        Assert.Equal("0", await database.AskAsync("select count(*) from account"));
    }

    private static async Task<(ImportedSchema Imported, GenerationPlan Plan)> ImportAsync(TestDatabase database, long rows = 40)
    {
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ReloadTypesAsync(TestContext.Current.CancellationToken);
        var imported = StructureImport.Make(await StructureReader.ReadAsync(connection, null, null, TestContext.Current.CancellationToken), new("forms") { Rows = rows, ChildRows = rows });
        var (plan, problems) = GenerationPlan.Compile(imported.Document, new());
        Assert.True(plan is not null, string.Join('\n', problems));
        return (imported, plan);
    }
}
