using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Identity;
using TdmPortal.Data.Schemas;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data;

/// <summary>The portal's own tables, schema <c>portal</c>. Their shape is made by the SQL files in Migrations; each area maps its own.</summary>
public sealed class PortalContext(DbContextOptions<PortalContext> options) : IdentityDbContext<PortalUser, IdentityRole<Guid>, Guid>(options)
{
    /// <summary>What this piece of work leaves in the audit.</summary>
    public AuditTrail Audit { get; } = new(AuditSource.Portal);

    internal DbSet<Team> Teams => Set<Team>();
    internal DbSet<Membership> Memberships => Set<Membership>();
    internal DbSet<StoredSchema> Schemas => Set<StoredSchema>();
    internal DbSet<StoredSchemaVersion> SchemaVersions => Set<StoredSchemaVersion>();
    internal DbSet<StoredSchemaDraft> SchemaDrafts => Set<StoredSchemaDraft>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema("portal");
        builder.ApplyConfigurationsFromAssembly(typeof(PortalContext).Assembly);
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
            if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null) property.SetColumnName(SnakeCase(property.Name));
    }

    private static string SnakeCase(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
