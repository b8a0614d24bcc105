using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Retention;

internal sealed class ArchiveTable : IEntityTypeConfiguration<StoredArchive>
{
    public void Configure(EntityTypeBuilder<StoredArchive> builder) => builder.ToTable("version_archive");
}
