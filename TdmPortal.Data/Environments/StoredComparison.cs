namespace TdmPortal.Data.Environments;

/// <summary>A row of <c>portal.version_comparison</c>.</summary>
internal sealed class StoredComparison
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid BeforeId { get; set; }
    public Guid AfterId { get; set; }
    public Guid? JobId { get; set; }
    /// <summary>A <see cref="Core.Environments.ComparisonReport"/> as JSON; null until its job has ended.</summary>
    public string? Report { get; set; }
    public double TookSeconds { get; set; }
    public string AskedBy { get; set; } = "";
    public DateTimeOffset AskedAt { get; set; }
}
