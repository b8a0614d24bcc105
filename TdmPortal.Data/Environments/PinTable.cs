using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Environments;

internal sealed class PinTable : IEntityTypeConfiguration<StoredPin>
{
    public void Configure(EntityTypeBuilder<StoredPin> builder) => builder.ToTable("version_pin");
}
