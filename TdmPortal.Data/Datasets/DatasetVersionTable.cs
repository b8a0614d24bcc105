using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Datasets;

internal sealed class DatasetVersionTable : IEntityTypeConfiguration<DatasetVersion>
{
    public void Configure(EntityTypeBuilder<DatasetVersion> builder)
    {
        builder.ToTable("dataset_version");
        builder.Property(version => version.Document).HasColumnType("json");
        builder.Property(version => version.Stable).HasColumnType("json");
        builder.Property(version => version.RowsAsked).HasColumnType("jsonb");
        builder.Property(version => version.Entities).HasColumnType("json");
        builder.Property(version => version.Files).HasColumnType("json");
    }
}
