namespace TdmPortal.Data.Server;

/// <summary>Where and how the portal's own PostgreSQL runs.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>The portal's data folder (<c>.data</c>); the server's files go below it where its user can reach them.</summary>
    public required string DataFolder { get; init; }

    /// <summary>False only for throw-away servers: nothing is flushed to disk, so a power cut loses them.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Folder of PostgreSQL's programs; null: looked for in the usual places.</summary>
    public string? ProgramFolder { get; init; }

    /// <summary>An address of this machine at which other machines reach the server, or <c>*</c>; null: loopback only.</summary>
    public string? Listen { get; init; }

    /// <summary>Where the server goes when its unprivileged user cannot enter the data folder's parents.</summary>
    public string FallbackFolder { get; init; } = "/var/lib/tdmportal";
}
