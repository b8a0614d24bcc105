using System.Net.Sockets;
using Npgsql;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Server;

/// <summary>Tells failures of the database as people understand them.</summary>
public static class DatabaseFailure
{
    /// <summary>platform.database_unavailable, platform.database_busy or platform.disk_full; null when it is something else.</summary>
    public static PortalException? Translate(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PortalException known:
                    return known;
                case PostgresException { SqlState: PostgresErrorCodes.DiskFull }:
                    return new PortalException("platform.disk_full", "The database server's disk is full.", fault) { SuggestedActions = ["Delete datasets that nobody needs", "Give the server more disk space"] };
                case PostgresException { SqlState: PostgresErrorCodes.TooManyConnections }:
                    return new PortalException("platform.database_busy", "The database server has no connection left for the portal.", fault) { SuggestedActions = ["Try again in a moment", "Raise the server's max_connections"] };
                case PostgresException postgres when IsConnectionState(postgres.SqlState):
                    return Unavailable(fault);
                case PostgresException:
                    return null;
                case NpgsqlException when inner.InnerException is IOException or SocketException or TimeoutException || inner.Message.StartsWith("Failed to connect", StringComparison.Ordinal):
                    return Unavailable(fault);
            }
        }
        return null;
    }

    /// <summary>Whether <see cref="Translate"/> has a better exception than this one.</summary>
    internal static bool Explains(Exception fault) => fault is not PortalException && Translate(fault) is not null;

    /// <summary>Whether the connection is lost, so that the same on a fresh connection may succeed.</summary>
    internal static bool IsConnectionLost(Exception fault) => Translate(fault)?.Code == "platform.database_unavailable";

    private static PortalException Unavailable(Exception fault) => new("platform.database_unavailable", "The portal's database cannot be reached just now. Nothing was changed.", fault)
    {
        SuggestedActions = ["Try again in a moment: the portal reconnects by itself", "If it lasts, look at the database server"],
    };

    // 08: connection; 57P01..57P03: shut down, crashed, starting up.
    private static bool IsConnectionState(string state) => state.StartsWith("08", StringComparison.Ordinal)
        || state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow;
}
