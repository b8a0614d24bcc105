using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Masking;

internal sealed class MaskingPolicyTable : IEntityTypeConfiguration<StoredMaskingPolicy>
{
    public void Configure(EntityTypeBuilder<StoredMaskingPolicy> builder) => builder.ToTable("masking_policy").HasKey(policy => policy.Id);
}
