namespace TdmPortal.Data.Teams;

/// <summary>What a team keeps, what its waiting and running jobs will add to that, and how much it may keep.</summary>
public sealed record TeamUse(long Rows, long Bytes, long Versions, long ReservedRows, long ReservedBytes, long ReservedVersions, TeamQuota Quota)
{
    /// <summary>Kept and reserved together.</summary>
    public long TakenRows => Rows + ReservedRows;

    /// <summary>Kept and reserved together.</summary>
    public long TakenBytes => Bytes + ReservedBytes;

    /// <summary>Kept and reserved together.</summary>
    public long TakenVersions => Versions + ReservedVersions;

    /// <summary>Whether a bound would be passed by so much more.</summary>
    public bool Exceeds(long rows, long bytes, long versions) => TakenRows + rows > Quota.Rows || TakenBytes + bytes > Quota.Bytes || TakenVersions + versions > Quota.Versions;
}
