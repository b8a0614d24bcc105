using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Schemas.Overriding;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;

namespace TdmPortal.Data.Schemas;

/// <summary>A team's overrides of the schemas that it uses: its own, the samples, and those that other teams share. They stay when the schema gets a new version.</summary>
public sealed class OverrideStore(PortalDatabase database, SchemaStore schemas, TimeProvider time)
{
    private const int MaxReason = 300;

    /// <summary>The schema as the actor's team uses it, at a version or the latest.</summary>
    /// <exception cref="NotFoundException"/>
    public async Task<EffectiveSchema> GetAsync(Actor actor, Guid schemaId, int? version, CancellationToken cancellation)
    {
        var record = await schemas.GetAsync(actor, schemaId, version, cancellation);
        var stored = await database.ReadAsync(actor, async (context, token) => await Of(context, actor, schemaId).AsNoTracking().OrderBy(one => one.Entity).ThenBy(one => one.Field)
            .Select(one => new { One = one, By = context.Users.Where(user => user.Id == one.ChangedBy).Select(user => user.DisplayName).FirstOrDefault() ?? "" }).ToListAsync(token), cancellation);
        var applied = SchemaOverrides.Apply(record.Document, stored.ConvertAll(row => row.One.ToOverride()));
        return new(record, applied.Document, [.. stored.Zip(applied.Verdicts, (row, verdict) => new TeamOverride(row.One.Id, verdict, row.By, row.One.ChangedAt))]);
    }

    /// <summary>Sets the override at its place, against the latest version.</summary>
    /// <exception cref="PortalException">schema.override_empty, schema.override_reason, schema.override_unfit</exception>
    public async Task SetAsync(Actor actor, Guid schemaId, SchemaOverride wanted, CancellationToken cancellation)
    {
        if (wanted.Reason.Trim().Length is 0 or > MaxReason)
            throw new PortalException("schema.override_reason", $"An override needs a reason of 1 to {MaxReason} characters.") { SuggestedActions = ["Say why the team needs it another way"] };
        if (wanted.Field is null ? wanted.Rows is null : wanted is { Generator: null, NullPercent: null })
            throw new PortalException("schema.override_empty", $"Nothing is set for {wanted.Place}.") { SuggestedActions = [wanted.Field is null ? "Say how many rows" : "Choose a generator, or a share of nulls"] };
        var current = await GetAsync(actor, schemaId, null, cancellation);
        var part = SchemaOverrides.PartOf(current.Base.Document, wanted.Entity, wanted.Field) ?? throw new NotFoundException($"{wanted.Place} of the schema {current.Base.Document.Name}");
        wanted = wanted with { Reason = wanted.Reason.Trim(), Was = part };
        Demand(current.Base.Document, [.. current.Overrides.Where(one => one.Verdict.IsApplied && one.Verdict.Override.Place != wanted.Place).Select(one => one.Verdict.Override), wanted]);
        await database.ChangeAsync(actor, async (context, token) =>
        {
            var stored = await Of(context, actor, schemaId).SingleOrDefaultAsync(one => one.Entity == wanted.Entity && one.Field == wanted.Field, token);
            context.Audit.Add(AuditAction.SchemaOverridden, AuditObject.Schema(schemaId, current.Base.Document.Name), stored is null ? null : Told(stored.ToOverride()), Told(wanted));
            if (stored is null)
                context.Add(stored = new StoredSchemaOverride { Id = Guid.CreateVersion7(), TeamId = actor.TeamId, SchemaId = schemaId });
            stored.Take(wanted);
            (stored.ChangedBy, stored.ChangedAt) = (actor.UserId, time.GetUtcNow());
            return true;
        }, cancellation);
    }

    /// <summary>Settles a conflict for the team's own: it holds against what the schema says now.</summary>
    /// <exception cref="PortalException">schema.override_unfit: it cannot be had with the schema as it is.</exception>
    public async Task KeepAsync(Actor actor, Guid schemaId, Guid id, CancellationToken cancellation)
    {
        var current = await GetAsync(actor, schemaId, null, cancellation);
        var mine = current.Overrides.FirstOrDefault(one => one.Id == id) ?? throw new NotFoundException("The override");
        await SetAsync(actor, schemaId, mine.Verdict.Override, cancellation);
    }

    /// <summary>Takes an override away, which settles a conflict for the schema's.</summary>
    /// <exception cref="NotFoundException"/>
    public Task RemoveAsync(Actor actor, Guid schemaId, Guid id, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        var stored = await Of(context, actor, schemaId).SingleOrDefaultAsync(one => one.Id == id, token) ?? throw new NotFoundException("The override");
        context.Remove(stored);
        var name = await context.Schemas.Where(schema => schema.Id == schemaId).Select(schema => schema.Name).SingleOrDefaultAsync(token);
        context.Audit.Add(AuditAction.SchemaOverrideRemoved, AuditObject.Schema(schemaId, name), Told(stored.ToOverride()));
        return true;
    }, cancellation);

    private static void Demand(SchemaDocument document, List<SchemaOverride> overrides)
    {
        if (SchemaOverrides.Apply(document, overrides).Verdicts[^1] is { IsApplied: false } verdict)
            throw new PortalException("schema.override_unfit", $"{verdict.Override.Place}: {verdict.Text}") { SuggestedActions = ["Choose another generator or other arguments", "Take what the schema has"] };
    }

    private static object Told(SchemaOverride one) => new { one.Place, one.Rows, one.Generator, one.NullPercent, args = one.Args.ToDictionary(argument => argument.Key, argument => argument.Value.GetRawText()), one.Reason };

    private static IQueryable<StoredSchemaOverride> Of(PortalContext context, Actor actor, Guid schemaId) => context.Set<StoredSchemaOverride>().Where(one => one.TeamId == actor.TeamId && one.SchemaId == schemaId);
}
