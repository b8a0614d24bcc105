using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Schemas;

/// <summary>Row of <c>portal.schema_version</c>: one saved document, never changed.</summary>
internal sealed class StoredSchemaVersion : IEntityTypeConfiguration<StoredSchemaVersion>
{
    public Guid SchemaId { get; set; }
    public int Version { get; set; }
    public Guid? TeamId { get; set; }
    /// <summary>The document's JSON as written by <see cref="Core.Schemas.SchemaWriter"/>.</summary>
    public string Document { get; set; } = "";
    public string? Note { get; set; }
    public Guid? ChangedBy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }

    public void Configure(EntityTypeBuilder<StoredSchemaVersion> builder)
    {
        builder.ToTable("schema_version").HasKey(v => new { v.SchemaId, v.Version });
        builder.Property(v => v.Document).HasColumnType("json");
    }
}
