using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;
using TdmPortal.Core.Errors;

namespace TdmPortal.Postgres;

/// <summary>
/// What a server refuses, in words for people: where, which rule, what to do. Its own text stands only where it names nothing
/// but objects; of refused values it would quote the values.
/// </summary>
public static partial class ServerFailure
{
    /// <summary>Whether a failure is the server's or its connection's, and not ours.</summary>
    public static bool IsOne(Exception failure) => failure is NpgsqlException or SocketException or TimeoutException or IOException or System.Security.Authentication.AuthenticationException;

    /// <summary>Says it.</summary>
    /// <param name="what">What was being done, as the beginning of a sentence: <c>Reading customer</c>.</param>
    public static PortalException Explain(Exception failure, string what) => failure switch
    {
        PostgresException server => Explain(server, what),
        _ when failure is TimeoutException || failure.InnerException is TimeoutException => new("database.timeout", $"{what} took too long: the database did not answer in time.", failure) { SuggestedActions = ["Try again when it has less to do", "Give the connection a longer Timeout or Command Timeout"] },
        _ => new("database.unreachable", $"{what} failed: the database cannot be reached, or the connection broke ({Reason(failure)}).", failure)
        {
            SuggestedActions = ["Check host, port, user, password and TLS settings of the connection", "See whether the server runs and lets this machine in"],
        },
    };

    private static PortalException Explain(PostgresException server, string what)
    {
        var place = Place(server);
        return server.SqlState switch
        {
            "23505" or "23P01" => Refused("database.not_distinct", $"the rows break {Rule(server)}{place}: two rows agree where they have to differ", server, what, "Make the fields of that key unique in the schema, or load into empty tables"),
            "23503" => Refused("database.no_parent", $"the rows break {Rule(server)}{place}: a row points to one that is not there", server, what, "Add the relationship to the schema, or load the table that it points to"),
            "23514" => Refused("database.check", $"the rows break {Rule(server)}{place}", server, what, "Say that rule as a constraint of the schema, or change the generators of the fields that it reads"),
            "23502" => Refused("database.null", $"a null came for {Column(server)}{place}, which must not be null", server, what, "Set the field's nullPercent to 0"),
            "22001" => Refused("database.too_long", $"a text is too long for its column{place}", server, what, "Give the field the column's length as maxLength"),
            ['2', '2', ..] => Refused("database.value", $"a value does not fit its column{place} ({server.SqlState})", server, what, "Give the field values that the column's type takes"),
            "P0001" or "P0002" or "P0003" or "P0004" => Refused("database.trigger", $"a trigger of the database refused the rows{place}{Function(server)}", server, what, "Look at what the trigger asks, and say it in the schema"),
            "42501" => Refused("database.right", $"a right is missing: {server.MessageText}", server, what, "Ask the owner of the database to grant it"),
            "55P03" or "40P01" => Refused("database.locked", $"somebody else holds a lock on the table{place}", server, what, "Try again when other work on the database has ended"),
            "57014" => Refused("database.timeout", "the server ended the statement, by its time limit or by an administrator", server, what, "Raise statement_timeout for this user"),
            ['2', '3', ..] => Refused("database.rule", $"the rows break {Rule(server)}{place}", server, what, "Look at what the rule asks, and say it in the schema"),
            ['2', '8', ..] => Refused("database.sign_in", "the server does not let the user in", server, what, "Check user and password of the connection"),
            "3D000" => Refused("database.missing", $"{server.MessageText}", server, what, "Check the database's name"),
            ['5', '3', ..] => Refused("database.resources", $"the server has no room or no connection left ({server.SqlState})", server, what, "Try again later, or give the server more"),
            _ => Refused("database.failed", server.SqlState is ['4', '2', ..] or ['5', '7', ..] or ['0', 'A', ..] ? server.MessageText : $"the server ended it with error {server.SqlState}{place}", server, what, "Look at the server's log for the whole message"),
        };
    }

    private static PortalException Refused(string code, string why, PostgresException server, string what, string action) => new(code, $"{what} failed: {why}.", new NotShown(server.SqlState))
    {
        SuggestedActions = [action],
        Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["sqlState"] = server.SqlState, ["table"] = server.TableName, ["constraint"] = server.ConstraintName },
    };

    private static string Rule(PostgresException server) => server.ConstraintName is { Length: > 0 } name ? $"{name}" : server.DataTypeName is { Length: > 0 } type ? $"a rule of the type {type}" : $"a rule of the database ({server.SqlState})";

    private static string Column(PostgresException server) => server.ColumnName is { Length: > 0 } column ? column : "a column";

    /// <summary>Table, line and column of a COPY, without the line's values, which stand behind them.</summary>
    private static string Place(PostgresException server)
    {
        var copied = server.Where is { } where ? CopyPlace().Match(where) : Match.Empty;
        return copied.Success
            ? $" of {copied.Groups["table"].Value} (row {copied.Groups["line"].Value}{(copied.Groups["column"] is { Success: true, Value: var column } ? $", column {column}" : "")})"
            : server.TableName is { Length: > 0 } table ? $" of {(server.SchemaName is { Length: > 0 } schema ? $"{schema}.{table}" : table)}" : "";
    }

    private static string Function(PostgresException server) => server.Where is { } where && FunctionName().Match(where) is { Success: true } found ? $", in the function {found.Groups["name"].Value}" : "";

    private static string Reason(Exception failure) => failure.InnerException is { } inner and not NpgsqlException ? inner.GetType().Name : failure.GetType().Name;

    [GeneratedRegex("^COPY (?<table>.+?), line (?<line>[0-9]+)(, column (?<column>[^:\n]+?)(?=:|$|\n))?", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex CopyPlace();

    [GeneratedRegex("function (?<name>[^\\s(]+)\\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FunctionName();

    /// <summary>Stands for the server's own exception, whose texts may quote rows and so must reach no log.</summary>
    private sealed class NotShown(string sqlState) : Exception($"PostgreSQL error {sqlState}");
}
