using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Teams;

/// <summary>Row of <c>portal.team</c>.</summary>
internal sealed class Team : IEntityTypeConfiguration<Team>
{
    public Guid Id { get; set; }
    public string Key { get; set; } = "";
    public string Name { get; set; } = "";
    public string TimeZone { get; set; } = "";
    public string DefaultLocale { get; set; } = "en";
    public string Contacts { get; set; } = "";
    /// <summary>Whether edits that reach a scheduled or published dataset become proposals.</summary>
    public bool Review { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    public void Configure(EntityTypeBuilder<Team> builder) => builder.ToTable("team").HasKey(t => t.Id);
}
