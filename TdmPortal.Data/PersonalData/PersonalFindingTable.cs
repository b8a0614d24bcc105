using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.PersonalData;

internal sealed class PersonalFindingTable : IEntityTypeConfiguration<StoredPersonalFinding>
{
    public void Configure(EntityTypeBuilder<StoredPersonalFinding> builder)
    {
        builder.ToTable("personal_finding").HasKey(finding => finding.Id);
        builder.Property(finding => finding.Evidence).HasColumnType("jsonb");
    }
}
