using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Storage;

internal sealed class StorageSampleTable : IEntityTypeConfiguration<StoredStorageSample>
{
    public void Configure(EntityTypeBuilder<StoredStorageSample> builder) => builder.ToTable("storage_sample").HasKey(sample => new { sample.Day, sample.TeamId });
}
