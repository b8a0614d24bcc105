using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Audit;

internal sealed class AuditAnchorTable : IEntityTypeConfiguration<StoredAuditAnchor>
{
    public void Configure(EntityTypeBuilder<StoredAuditAnchor> builder) => builder.ToTable("audit_anchor").HasKey(anchor => new { anchor.Number, anchor.AnchoredAt });
}
