using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Import;

/// <summary>
/// Says in words why another database could not be read. What its server says is not passed on as it is: an error's text
/// may hold values of rows.
/// </summary>
internal static class SourceFailure
{
    public static PortalException UnknownHost(string host, Exception? inner = null) => new("source.unreachable", $"There is no host named {host} that this portal could find.", inner)
    {
        SuggestedActions = ["Check the spelling of the host", "Use the server's address instead of its name"],
    };

    /// <summary>Whether <see cref="Translate"/> has a better exception than this one.</summary>
    public static bool Explains(Exception fault) => fault is NpgsqlException or SocketException or TimeoutException or IOException or AuthenticationException;

    public static PortalException Translate(Exception fault, SourceSettings settings)
    {
        var at = $"{settings.Host}:{settings.Port}";
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PortalException known:
                    return known;
                case PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused:
                    return refused.MessageText.Contains("pg_hba", StringComparison.Ordinal)
                        ? new("source.sign_in", $"{at} lets nobody in from where the portal runs as {settings.UserName} to {settings.Database}{(refused.MessageText.Contains("no encryption", StringComparison.Ordinal) ? " without encryption" : "")}.", fault) { SuggestedActions = ["Choose another encryption", "Ask the database's administrator to add the portal to pg_hba.conf"] }
                        : new("source.sign_in", $"{at} does not accept the user {settings.UserName} with this password.", fault) { SuggestedActions = ["Check user name and password", "Check that the role may sign in"] };
                case PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName }:
                    return new("source.no_database", $"{at} has no database named {settings.Database}.", fault) { SuggestedActions = ["Check the database's name; upper and lower case differ"] };
                case PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege }:
                    return new("source.rights", $"The user {settings.UserName} may not read what was asked for in {settings.Database}.", fault) { SuggestedActions = ["Have SELECT on the tables and USAGE on their schemas granted to it", "Choose other tables"] };
                case PostgresException { SqlState: PostgresErrorCodes.TooManyConnections }:
                    return new("source.unreachable", $"{at} has no connection left.", fault) { SuggestedActions = ["Try again later"] };
                case PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }:
                    return new("source.too_slow", $"{at} did not answer within the time that is allowed for a question about its structure.", fault) { SuggestedActions = ["Choose fewer schemas or tables", "Try again when the server has less to do"] };
                case PostgresException postgres:
                    return new("source.failed", $"{at} gave up with the error {postgres.SqlState}.", fault) { SuggestedActions = ["Look at the server's log for the error", "Try again"] };
                case AuthenticationException:
                    return new("source.tls", $"The certificate of {at} could not be verified: it is not from an authority that the portal trusts, does not carry that host's name, or has expired.", fault) { SuggestedActions = ["Paste the certificate of the authority that signed it", "Write the host as the certificate has it"] };
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return UnknownHost(settings.Host, fault);
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return new("source.unreachable", $"Nothing listens at {at}.", fault) { SuggestedActions = ["Check host and port", "Check that the server accepts connections over the network (listen_addresses)"] };
                case TimeoutException:
                    return new("source.unreachable", $"{at} does not answer.", fault) { SuggestedActions = ["Check host and port", "Check that no firewall is between it and the portal"] };
                case NpgsqlException when inner.InnerException is null && inner.Message.Contains("SSL", StringComparison.OrdinalIgnoreCase):
                    return new("source.tls", $"{at} does not offer encryption.", fault) { SuggestedActions = ["Turn encryption on at the server", "Choose no encryption, where the way to it is safe otherwise"] };
                case IOException or SocketException:
                    return new("source.unreachable", $"The connection to {at} broke.", fault) { SuggestedActions = ["Try again", "Check that the server runs and no firewall cuts connections"] };
            }
        }

        return new("source.unreachable", $"{at} could not be reached.", fault) { SuggestedActions = ["Check host, port and encryption"] };
    }
}
