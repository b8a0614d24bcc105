namespace TdmPortal.Data.Retention;

/// <summary>What a rule means for one version.</summary>
/// <param name="Why">What keeps it; null: it goes.</param>
public sealed record RetentionVerdict(Guid VersionId, int Number, long Rows, long Bytes, DateTimeOffset CreatedAt, string? Why)
{
    public bool Goes => Why is null;
}
