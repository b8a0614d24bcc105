using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Refresh;

internal sealed class RefreshScheduleTable : IEntityTypeConfiguration<StoredRefreshSchedule>
{
    public void Configure(EntityTypeBuilder<StoredRefreshSchedule> builder)
    {
        builder.ToTable("refresh_schedule");
        builder.Property(schedule => schedule.Rule).HasColumnType("json");
        builder.Property(schedule => schedule.Settings).HasColumnType("json");
        builder.Property(schedule => schedule.Revision).IsConcurrencyToken();
    }
}
