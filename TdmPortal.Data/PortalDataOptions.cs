using Microsoft.Extensions.Configuration;

namespace TdmPortal.Data;

/// <summary>Where the portal keeps its data.</summary>
public sealed record PortalDataOptions
{
    /// <summary>An administrator's connection to a server of one's own; null: the portal runs its own below the data folder.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Holds the embedded server, the key file and prepared downloads.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The installation's secret, shared by all its nodes; null: a file of the data folder.</summary>
    public string? Key { get; init; }

    /// <summary>An address of this machine at which the portal's own server is open to the teams' logins; null: loopback only.</summary>
    public string? Listen { get; init; }

    /// <summary>ConnectionStrings:Portal, PORTAL_DATA (default <c>.data</c>), PORTAL_KEY and PORTAL_DB_LISTEN.</summary>
    public static PortalDataOptions From(IConfiguration configuration) => new()
    {
        ConnectionString = configuration.GetConnectionString("Portal") is { Length: > 0 } connection ? connection : null,
        DataFolder = Path.GetFullPath(configuration["PORTAL_DATA"] is { Length: > 0 } folder ? folder : ".data"),
        Listen = configuration["PORTAL_DB_LISTEN"] is { Length: > 0 } listen ? listen : null,
        Key = configuration["PORTAL_KEY"] is { Length: > 0 } key ? key : null,
    };
}
