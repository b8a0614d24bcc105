using System.Globalization;
using TdmPortal.Core.Formats;
using TdmPortal.Data.Environments;

namespace TdmPortal.Web.Environments;

/// <summary>Lines that open a team's datasets in the clients that testers use, each with a query that runs as it stands.</summary>
public static class ConnectLines
{
    /// <summary>Stands where the password goes, which the portal does not know.</summary>
    public const string PasswordPlace = "PASSWORD";

    /// <param name="password">Null: it was shown once, to somebody else.</param>
    /// <param name="schema">The dataset's schema in the database.</param>
    /// <param name="entity">An entity to ask for.</param>
    public static IReadOnlyList<ConnectLine> For(DatabaseAddress address, string user, string? password, string schema, string entity)
    {
        var secret = password ?? PasswordPlace;
        var port = address.Port.ToString(CultureInfo.InvariantCulture);
        var query = $"select * from {Table(schema, entity)} limit 10";
        var jdbc = $"jdbc:postgresql://{Host(address)}:{port}/{address.Database}?user={user}&password={secret}&currentSchema={schema}";
        var npgsql = $"Host={address.Host};Port={port};Database={address.Database};Username={user};Password={secret};Search Path={schema}";
        var uri = $"postgresql://{user}:{secret}@{Host(address)}:{port}/{address.Database}";
        return
        [
            new("psql", $"PGPASSWORD={secret} psql -h {address.Host} -p {port} -U {user} -d {address.Database} -c '{query}'"),
            new("JDBC", jdbc),
            new("Npgsql", npgsql),
            new("C#", $"""
                await using var source = NpgsqlDataSource.Create("{npgsql}");
                await using var command = source.CreateCommand("{query.Replace("\"", "\\\"", StringComparison.Ordinal)}");
                await using var reader = await command.ExecuteReaderAsync();
                """),
            new("pytest", $"""
                import psycopg, pytest

                @pytest.fixture(scope="session")
                def testdata():
                    with psycopg.connect("{uri}") as connection:
                        yield connection

                def test_{entity}_has_rows(testdata):
                    assert testdata.execute('{query}').fetchone()
                """),
            new("URI", uri),
        ];
    }

    private static string Table(string schema, string entity) => $"{schema}.{(IsPlain(entity) ? entity : SqlSchema.Quote(entity))}";

    /// <summary>A literal IPv6 address stands in brackets in an address line.</summary>
    private static string Host(DatabaseAddress address) => address.Host.Contains(':', StringComparison.Ordinal) ? $"[{address.Host}]" : address.Host;

    /// <summary>Names that need no quotes; entities are lower case already, but one may be a word of SQL.</summary>
    private static bool IsPlain(string name) => !SqlWords.Contains(name);

    /// <summary>PostgreSQL's reserved words.</summary>
    private static readonly HashSet<string> SqlWords = new(
        ("all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column concurrently constraint create cross current_catalog current_date "
        + "current_role current_schema current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having ilike in "
        + "initially inner intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references "
        + "returning right select session_user similar some symmetric table tablesample then to trailing true union unique user using variadic verbose when where window with").Split(' '), StringComparer.Ordinal);
}
