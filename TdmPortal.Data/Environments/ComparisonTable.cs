using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Environments;

internal sealed class ComparisonTable : IEntityTypeConfiguration<StoredComparison>
{
    public void Configure(EntityTypeBuilder<StoredComparison> builder)
    {
        builder.ToTable("version_comparison");
        builder.Property(comparison => comparison.Report).HasColumnType("jsonb");
    }
}
