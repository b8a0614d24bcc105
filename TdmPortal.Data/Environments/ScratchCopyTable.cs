using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Environments;

internal sealed class ScratchCopyTable : IEntityTypeConfiguration<StoredScratchCopy>
{
    public void Configure(EntityTypeBuilder<StoredScratchCopy> builder)
    {
        builder.ToTable("scratch_copy").HasKey(copy => copy.Id);
        builder.Property(copy => copy.Number).ValueGeneratedOnAdd();
    }
}
