using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Masking;

internal sealed class MaskingKeyTable : IEntityTypeConfiguration<StoredMaskingKey>
{
    public void Configure(EntityTypeBuilder<StoredMaskingKey> builder) => builder.ToTable("masking_key").HasKey(key => new { key.TeamId, key.Number });
}
