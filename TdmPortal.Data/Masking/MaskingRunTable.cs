using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Masking;

internal sealed class MaskingRunTable : IEntityTypeConfiguration<StoredMaskingRun>
{
    public void Configure(EntityTypeBuilder<StoredMaskingRun> builder)
    {
        builder.ToTable("masking_run").HasKey(run => run.Id);
        builder.Property(run => run.Policy).HasColumnType("json");
        foreach (var property in new[] { nameof(StoredMaskingRun.Decisions), nameof(StoredMaskingRun.Identities), nameof(StoredMaskingRun.Drift), nameof(StoredMaskingRun.Proof) })
            builder.Property(property).HasColumnType("jsonb");
    }
}
