using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Quality;

internal sealed class QualityRulesTable : IEntityTypeConfiguration<StoredQualityRules>
{
    public void Configure(EntityTypeBuilder<StoredQualityRules> builder)
    {
        builder.ToTable("quality_rules").HasKey(rules => new { rules.TeamId, rules.SchemaId, rules.Version });
        builder.Property(rules => rules.Rules).HasColumnType("json");
    }
}
