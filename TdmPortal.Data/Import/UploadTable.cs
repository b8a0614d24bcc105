using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Import;

internal sealed class UploadTable : IEntityTypeConfiguration<StoredUpload>
{
    public void Configure(EntityTypeBuilder<StoredUpload> builder) => builder.ToTable("upload");
}
