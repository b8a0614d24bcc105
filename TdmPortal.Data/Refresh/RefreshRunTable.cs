using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TdmPortal.Core.Refresh;

namespace TdmPortal.Data.Refresh;

internal sealed class RefreshRunTable : IEntityTypeConfiguration<StoredRefreshRun>
{
    public void Configure(EntityTypeBuilder<StoredRefreshRun> builder)
    {
        builder.ToTable("refresh_run");
        builder.Property(run => run.Cause).HasConversion(cause => cause.ToString().ToLowerInvariant(), text => Enum.Parse<RefreshCause>(text, true));
        builder.Property(run => run.State).HasConversion(state => state.ToString().ToLowerInvariant(), text => Enum.Parse<RefreshState>(text, true));
        foreach (var json in new[] { nameof(StoredRefreshRun.Settings), nameof(StoredRefreshRun.Steps), nameof(StoredRefreshRun.Report), nameof(StoredRefreshRun.Error) })
            builder.Property(json).HasColumnType("json");
    }
}
