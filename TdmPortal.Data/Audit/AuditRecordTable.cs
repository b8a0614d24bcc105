using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Audit;

internal sealed class AuditRecordTable : IEntityTypeConfiguration<StoredAuditRecord>
{
    public void Configure(EntityTypeBuilder<StoredAuditRecord> builder)
    {
        builder.ToTable("audit_record").HasKey(record => record.Number);
        builder.Property(record => record.Before).HasColumnType("jsonb");
        builder.Property(record => record.After).HasColumnType("jsonb");
        builder.Property(record => record.Details).HasColumnType("jsonb");
    }
}
