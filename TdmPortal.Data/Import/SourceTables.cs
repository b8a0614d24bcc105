using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Import;

internal sealed class SourceTables : IEntityTypeConfiguration<StoredImportSource>, IEntityTypeConfiguration<StoredSourceHost>, IEntityTypeConfiguration<StoredImport>
{
    public void Configure(EntityTypeBuilder<StoredImportSource> builder)
    {
        builder.ToTable("source");
        builder.Property(source => source.Kind).HasConversion(kind => kind.ToString().ToLowerInvariant(), text => Enum.Parse<SourceKind>(text, true));
        builder.Property(source => source.Settings).HasColumnType("jsonb");
        builder.Property(source => source.Structure).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<StoredSourceHost> builder) => builder.ToTable("source_host").HasKey(allowed => allowed.Host);

    public void Configure(EntityTypeBuilder<StoredImport> builder)
    {
        builder.ToTable("import");
        builder.Property(import => import.Origin).HasConversion(origin => origin.ToString().ToLowerInvariant(), text => Enum.Parse<ImportOrigin>(text, true));
        builder.Property(import => import.Choices).HasColumnType("jsonb");
        builder.Property(import => import.Proposal).HasColumnType("jsonb");
    }
}
