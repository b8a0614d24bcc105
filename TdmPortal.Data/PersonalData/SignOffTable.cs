using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.PersonalData;

internal sealed class SignOffTable : IEntityTypeConfiguration<StoredSignOff>
{
    public void Configure(EntityTypeBuilder<StoredSignOff> builder) => builder.ToTable("personal_sign_off").HasKey(row => row.Id);
}
