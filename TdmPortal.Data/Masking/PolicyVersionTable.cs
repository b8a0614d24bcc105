using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Masking;

internal sealed class PolicyVersionTable : IEntityTypeConfiguration<StoredPolicyVersion>
{
    public void Configure(EntityTypeBuilder<StoredPolicyVersion> builder)
    {
        builder.ToTable("masking_policy_version").HasKey(version => new { version.PolicyId, version.Version });
        builder.Property(version => version.Policy).HasColumnType("json");
    }
}
