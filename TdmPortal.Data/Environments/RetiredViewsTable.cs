using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Environments;

internal sealed class RetiredViewsTable : IEntityTypeConfiguration<RetiredViews>
{
    public void Configure(EntityTypeBuilder<RetiredViews> builder) => builder.ToTable("retired_views").Property(views => views.Id).UseIdentityAlwaysColumn();
}
