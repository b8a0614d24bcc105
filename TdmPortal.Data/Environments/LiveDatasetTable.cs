using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Environments;

internal sealed class LiveDatasetTable : IEntityTypeConfiguration<LiveDataset>
{
    public void Configure(EntityTypeBuilder<LiveDataset> builder) => builder.ToTable("live_dataset").HasKey(live => live.DatasetId);
}
