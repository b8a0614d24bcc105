using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Quality;

internal sealed class QualityDetailTable : IEntityTypeConfiguration<StoredQualityDetail>
{
    public void Configure(EntityTypeBuilder<StoredQualityDetail> builder)
    {
        builder.ToTable("quality_detail").HasKey(detail => detail.ReportId);
        builder.Property(detail => detail.Report).HasColumnType("jsonb");
    }
}
