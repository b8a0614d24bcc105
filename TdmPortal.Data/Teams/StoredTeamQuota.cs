using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Teams;

/// <summary>Row of <c>portal.team_quota</c>: one for each team.</summary>
internal sealed class StoredTeamQuota : IEntityTypeConfiguration<StoredTeamQuota>
{
    public Guid TeamId { get; set; }
    public long? Rows { get; set; }
    public long? Bytes { get; set; }
    public int? Versions { get; set; }

    /// <summary>When something was last reserved: writing it is the lock.</summary>
    public DateTimeOffset? LockedAt { get; set; }

    public TeamQuota ToQuota() => new(Rows, Bytes, Versions);

    public void Configure(EntityTypeBuilder<StoredTeamQuota> builder) => builder.ToTable("team_quota").HasKey(quota => quota.TeamId);
}
