using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Storage;

internal sealed class WorkPauseTable : IEntityTypeConfiguration<StoredWorkPause>
{
    public void Configure(EntityTypeBuilder<StoredWorkPause> builder) => builder.ToTable("work_pause").HasKey(pause => pause.OnlyOne);
}
