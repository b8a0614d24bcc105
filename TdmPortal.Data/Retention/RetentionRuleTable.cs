using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Retention;

internal sealed class RetentionRuleTable : IEntityTypeConfiguration<StoredRetentionRule>
{
    public void Configure(EntityTypeBuilder<StoredRetentionRule> builder) => builder.ToTable("retention_rule").HasKey(rule => rule.DatasetId);
}
