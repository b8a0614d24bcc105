using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Schemas;

/// <summary>Row of <c>portal.schema_draft</c>.</summary>
internal sealed class StoredSchemaDraft : IEntityTypeConfiguration<StoredSchemaDraft>
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid UserId { get; set; }
    public Guid? SchemaId { get; set; }
    public int BaseVersion { get; set; }
    public byte[] Document { get; set; } = [];
    public DateTimeOffset SavedAt { get; set; }

    public void Configure(EntityTypeBuilder<StoredSchemaDraft> builder) => builder.ToTable("schema_draft").HasKey(d => d.Id);
}
