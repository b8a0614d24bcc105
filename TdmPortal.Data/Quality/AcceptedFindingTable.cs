using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Quality;

internal sealed class AcceptedFindingTable : IEntityTypeConfiguration<StoredAcceptedFinding>
{
    public void Configure(EntityTypeBuilder<StoredAcceptedFinding> builder) => builder.ToTable("accepted_finding");
}
