namespace TdmPortal.Data.Import;

/// <summary>A row of <c>portal.source_host</c>.</summary>
internal sealed class StoredSourceHost
{
    public string Host { get; set; } = "";
    public string AllowedBy { get; set; } = "";
    public DateTimeOffset AllowedAt { get; set; }
}
