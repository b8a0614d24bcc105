using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Jobs;

internal sealed class JobTable : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("job");
        builder.Property(job => job.Input).HasColumnType("json");
        builder.Property(job => job.Document).HasColumnType("json");
        builder.Property(job => job.Error).HasColumnType("json");
    }
}
