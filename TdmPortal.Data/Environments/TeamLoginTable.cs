using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Environments;

internal sealed class TeamLoginTable : IEntityTypeConfiguration<StoredTeamLogin>
{
    public void Configure(EntityTypeBuilder<StoredTeamLogin> builder) => builder.ToTable("team_login").HasKey(login => login.TeamId);
}
