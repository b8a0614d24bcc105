using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Reviews;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Schemas.Overriding;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Reviews;

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

    /// <summary>Sets the override at its place, against the latest version, or proposes it where the team wants a review.</summary>
    /// <exception cref="PortalException">schema.override_empty, schema.override_reason, schema.override_unfit</exception>
    public async Task<EditOutcome> SetAsync(Actor actor, Guid schemaId, SchemaOverride wanted, CancellationToken cancellation)
    {
        if (wanted.Reason.Trim().Length is 0 or > MaxReason)
            throw new PortalException("schema.override_reason", $"An override needs a reason of 1 to {MaxReason} characters.") { SuggestedActions = ["Say why the team needs it another way"] };
        if (wanted.Field is null ? wanted.Rows is null : wanted is { Generator: null, NullPercent: null })
            throw new PortalException("schema.override_empty", $"Nothing is set for {wanted.Place}.") { SuggestedActions = [wanted.Field is null ? "Say how many rows" : "Choose a generator, or a share of nulls"] };
        var current = await GetAsync(actor, schemaId, null, cancellation);
        var part = SchemaOverrides.PartOf(current.Base.Document, wanted.Entity, wanted.Field) ?? throw new NotFoundException($"{wanted.Place} of the schema {current.Base.Document.Name}");
        wanted = wanted with { Reason = wanted.Reason.Trim(), Was = part };
        Demand(current.Base.Document, [.. current.Overrides.Where(one => one.Verdict.IsApplied && one.Verdict.Override.Place != wanted.Place).Select(one => one.Verdict.Override), wanted]);
        return await database.ChangeAsync(actor, async (context, token) =>
        {
            if (await ReviewGate.IsSchemaReviewedAsync(context, schemaId, ownOnly: true, token))
                return new EditOutcome(await ReviewGate.ProposeAsync(context, actor, Proposal(current, schemaId, ProposalKind.Override, wanted), time.GetUtcNow(), token));
            await StoreAsync(context, actor, actor.UserId, schemaId, current.Base.Document.Name, wanted, token);
            return new EditOutcome(null);
        }, cancellation);
    }

    /// <summary>Settles a conflict for the team's own: it holds against what the schema says now.</summary>
    /// <exception cref="PortalException">schema.override_unfit: it cannot be had with the schema as it is.</exception>
    public async Task<EditOutcome> KeepAsync(Actor actor, Guid schemaId, Guid id, CancellationToken cancellation)
    {
        var current = await GetAsync(actor, schemaId, null, cancellation);
        var mine = current.Overrides.FirstOrDefault(one => one.Id == id) ?? throw new NotFoundException("The override");
        return await SetAsync(actor, schemaId, mine.Verdict.Override, cancellation);
    }

    /// <summary>Takes an override away, which settles a conflict for the schema's; or proposes that where the team wants a review.</summary>
    /// <exception cref="NotFoundException"/>
    public async Task<EditOutcome> RemoveAsync(Actor actor, Guid schemaId, Guid id, CancellationToken cancellation)
    {
        var current = await GetAsync(actor, schemaId, null, cancellation);
        var mine = current.Overrides.FirstOrDefault(one => one.Id == id) ?? throw new NotFoundException("The override");
        return await database.ChangeAsync(actor, async (context, token) =>
        {
            if (await ReviewGate.IsSchemaReviewedAsync(context, schemaId, ownOnly: true, token))
                return new EditOutcome(await ReviewGate.ProposeAsync(context, actor, Proposal(current, schemaId, ProposalKind.OverrideRemoval, mine.Verdict.Override), time.GetUtcNow(), token));
            await TakeAwayAsync(context, actor, schemaId, current.Base.Document.Name, mine.Verdict.Override, token);
            return new EditOutcome(null);
        }, cancellation);
    }

    /// <summary>Sets an override within somebody's transaction.</summary>
    /// <param name="author">Whose edit it is.</param>
    internal async Task StoreAsync(PortalContext context, Actor actor, Guid author, Guid schemaId, string schema, SchemaOverride wanted, CancellationToken cancellation)
    {
        var stored = await FindAsync(context, actor, schemaId, wanted, cancellation);
        context.Audit.Add(AuditAction.SchemaOverridden, AuditObject.Schema(schemaId, schema), stored is null ? null : Told(stored.ToOverride()), Told(wanted));
        if (stored is null)
            context.Add(stored = new StoredSchemaOverride { Id = Guid.CreateVersion7(), TeamId = actor.TeamId, SchemaId = schemaId });
        stored.Take(wanted);
        (stored.ChangedBy, stored.ChangedAt) = (author, time.GetUtcNow());
    }

    /// <summary>Takes an override away within somebody's transaction.</summary>
    /// <exception cref="NotFoundException"/>
    internal static async Task TakeAwayAsync(PortalContext context, Actor actor, Guid schemaId, string schema, SchemaOverride gone, CancellationToken cancellation)
    {
        var stored = await FindAsync(context, actor, schemaId, gone, cancellation) ?? throw new NotFoundException("The override");
        context.Remove(stored);
        context.Audit.Add(AuditAction.SchemaOverrideRemoved, AuditObject.Schema(schemaId, schema), Told(stored.ToOverride()));
    }

    /// <summary>What stands at the place of an override; null: nothing does.</summary>
    internal static Task<StoredSchemaOverride?> FindAsync(PortalContext context, Actor actor, Guid schemaId, SchemaOverride at, CancellationToken cancellation) =>
        Of(context, actor, schemaId).SingleOrDefaultAsync(one => one.Entity == at.Entity && one.Field == at.Field, cancellation);

    private static StoredProposal Proposal(EffectiveSchema current, Guid schemaId, ProposalKind kind, SchemaOverride one) => new()
    {
        Kind = kind, SchemaId = schemaId, Place = one.Place, Title = $"{(kind == ProposalKind.Override ? "Override" : "No override")} of {current.Base.Document.Name}: {one.Place}", BaseVersion = current.Base.Version,
        Base = StoredJson.Write(current.Overrides.Select(own => ProposedOverride.Of(own.Verdict.Override))), Wanted = StoredJson.Write(ProposedOverride.Of(one)), Note = kind == ProposalKind.Override ? one.Reason : null,
    };

    private static void Demand(SchemaDocument document, List<SchemaOverride> overrides)
    {
        if (SchemaOverrides.Apply(document, overrides).Verdicts[^1] is { IsApplied: false } verdict)
            throw new PortalException("schema.override_unfit", $"{verdict.Override.Place}: {verdict.Text}") { SuggestedActions = ["Choose another generator or other arguments", "Take what the schema has"] };
    }

    private static object Told(SchemaOverride one) => new { one.Place, one.Rows, one.Generator, one.NullPercent, args = one.Args.ToDictionary(argument => argument.Key, argument => argument.Value.GetRawText()), one.Reason };

    private static IQueryable<StoredSchemaOverride> Of(PortalContext context, Actor actor, Guid schemaId) => context.Set<StoredSchemaOverride>().Where(one => one.TeamId == actor.TeamId && one.SchemaId == schemaId);
}
