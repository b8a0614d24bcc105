using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TdmPortal.Core.Quality;

namespace TdmPortal.Data.Quality;

internal sealed class QualityReportTable : IEntityTypeConfiguration<StoredQualityReport>
{
    public void Configure(EntityTypeBuilder<StoredQualityReport> builder)
    {
        builder.ToTable("quality_report");
        builder.Property(report => report.Level).HasConversion(level => level.ToString().ToLowerInvariant(), text => Enum.Parse<QualityLevel>(text, true));
        builder.Property(report => report.Metrics).HasColumnType("jsonb");
        builder.Property(report => report.Worst).HasColumnType("jsonb");
    }
}
