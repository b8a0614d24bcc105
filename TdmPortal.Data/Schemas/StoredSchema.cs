using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Schemas;

/// <summary>Row of <c>portal.schema</c>: what the list shows, kept in step with the latest version.</summary>
internal sealed class StoredSchema : IEntityTypeConfiguration<StoredSchema>
{
    public Guid Id { get; set; }
    /// <summary>Null: a sample, for every team to read.</summary>
    public Guid? TeamId { get; set; }
    public string Name { get; set; } = "";
    public string? Title { get; set; }
    public int LatestVersion { get; set; }
    public int Entities { get; set; }
    public int Fields { get; set; }
    public Guid? CreatedBy { get; set; }
    public Guid? ChangedBy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    /// <summary>Since when all teams may use it.</summary>
    public DateTimeOffset? SharedAt { get; set; }
    /// <summary>The owner's name when it was shared.</summary>
    public string? SharedByTeam { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }

    public void Configure(EntityTypeBuilder<StoredSchema> builder) => builder.ToTable("schema").HasKey(s => s.Id);
}
