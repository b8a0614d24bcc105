using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Audit;

internal sealed class AuditHeadTable : IEntityTypeConfiguration<StoredAuditHead>
{
    public void Configure(EntityTypeBuilder<StoredAuditHead> builder) => builder.ToTable("audit_head").HasKey(head => head.OnlyOne);
}
