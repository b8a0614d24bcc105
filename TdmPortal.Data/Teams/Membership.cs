using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Teams;

/// <summary>Row of <c>portal.team_member</c>.</summary>
internal sealed class Membership : IEntityTypeConfiguration<Membership>
{
    public Guid TeamId { get; set; }
    public Guid UserId { get; set; }
    public TeamRole Role { get; set; }
    public DateTimeOffset Since { get; set; }

    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("team_member").HasKey(m => new { m.TeamId, m.UserId });
        builder.Property(m => m.Role).HasConversion<string>();
    }
}
