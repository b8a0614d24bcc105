using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.PersonalData;

internal sealed class PersonalLookTable : IEntityTypeConfiguration<StoredPersonalLook>
{
    public void Configure(EntityTypeBuilder<StoredPersonalLook> builder) => builder.ToTable("personal_look").HasKey(look => look.DatasetId);
}
