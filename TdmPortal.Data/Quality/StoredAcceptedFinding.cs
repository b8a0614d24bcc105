namespace TdmPortal.Data.Quality;

/// <summary>A row of <c>portal.accepted_finding</c>.</summary>
internal sealed class StoredAcceptedFinding
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid DatasetId { get; set; }
    public string Kind { get; set; } = "";
    public string Name { get; set; } = "";
    public string Reason { get; set; } = "";
    public string Owner { get; set; } = "";
    public DateTimeOffset ExpiresAt { get; set; }
    public string AcceptedBy { get; set; } = "";
    public DateTimeOffset AcceptedAt { get; set; }
}
