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

    /// <summary>
    /// For ASP.NET Core Identity's managers, which save piece by piece: one transaction that ends with its records.
    /// </summary>
    /// <exception cref="InvalidOperationException">The work left no record in the audit.</exception>
    public async Task<T> RecordingAsync<T>(AuditSource who, Func<AuditTrail, Task<T>> work, CancellationToken cancellation = default)
    {
        Audit.Begin(who);
        await using var transaction = await Database.BeginTransactionAsync(cancellation);
        var result = await work(Audit);
        await SaveChangesAsync(cancellation);
        Audit.Demand();
        await Audit.AppendAsync(Database.GetDbConnection(), cancellation);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Outside of a transaction that can end with a record.</exception>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        Database.CurrentTransaction is null && ChangeTracker.HasChanges()
            ? throw new InvalidOperationException($"A change outside of {nameof(RecordingAsync)} would leave no record in the audit.")
            : base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

    private static string SnakeCase(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
