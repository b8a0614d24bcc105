using System.Text;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Reviews;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Schemas.Overriding;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Refresh;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Data.Reviews;

/// <summary>What each kind of proposal means: what it would change, how it is done, and how it is begun again.</summary>
public sealed class ProposalWork(PortalDatabase database, SchemaStore schemas, OverrideStore overrides, RefreshStore refreshes, RefreshQueue queue)
{
    /// <summary>Stands for a schema that was deleted, or is shared no more.</summary>
    private static readonly SchemaDocument Gone = new() { Name = "gone" };

    /// <summary>Does what was proposed, in the transaction that approves it.</summary>
    /// <exception cref="ConflictException">review.base_moved</exception>
    internal async Task<EditOutcome> ApplyAsync(PortalContext context, Actor lead, StoredProposal proposal, CancellationToken cancellation)
    {
        // One after the other: of two that stand on the same, the second has to see what the first did.
        await context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('portal.proposal ' || {lead.TeamId}::text, 0))", cancellation);
        if (await HasMovedAsync(context, lead, proposal, cancellation))
            throw Moved(proposal);
        if (proposal.Kind == ProposalKind.Schedule)
        {
            var (datasetId, wanted) = (proposal.DatasetId!.Value, StoredJson.Read<ProposedSchedule>(proposal.Wanted));
            var now = await context.Set<StoredRefreshSchedule>().AsNoTracking().SingleOrDefaultAsync(schedule => schedule.DatasetId == datasetId, cancellation);
            // Runs that were left out meanwhile stay left out.
            var rule = now is null ? wanted.Rule : wanted.Rule with { Skipped = StoredJson.Read<RefreshRule>(now.Rule).Skipped };
            return new(null) { Schedule = await refreshes.SaveAsync(context, lead, datasetId, rule, wanted.Settings, wanted.After, now?.Revision, cancellation) };
        }

        var schemaId = proposal.SchemaId!.Value;
        if (proposal.Kind == ProposalKind.Schema)
        {
            var document = Read(proposal.Wanted);
            return new(null) { Version = await schemas.StoreAsync(context, lead, proposal.ProposedBy, schemaId, proposal.BaseVersion, document, proposal.Wanted, proposal.Note, cancellation) };
        }

        var name = await context.Schemas.Where(schema => schema.Id == schemaId).Select(schema => schema.Name).SingleAsync(cancellation);
        var one = StoredJson.Read<ProposedOverride>(proposal.Wanted).ToOverride();
        if (proposal.Kind == ProposalKind.Override)
            await overrides.StoreAsync(context, lead, proposal.ProposedBy, schemaId, name, one, cancellation);
        else
            await OverrideStore.TakeAwayAsync(context, lead, schemaId, name, one, cancellation);
        return new(null);
    }

    /// <summary>Approves after a look at what may have become impossible meanwhile: a schedule's rows, a schema's name.</summary>
    internal async Task<EditOutcome> CheckedAsync(Actor actor, Guid id, Func<Task<EditOutcome>> approve, CancellationToken cancellation)
    {
        var proposal = await database.ReadAsync(actor, (context, token) => context.Set<StoredProposal>().Where(one => one.Id == id && one.State == ProposalState.Open).Select(one => new { one.Kind, one.Wanted }).SingleOrDefaultAsync(token), cancellation);
        if (proposal?.Kind == ProposalKind.Schedule)
            await queue.CheckAsync(actor, StoredJson.Read<ProposedSchedule>(proposal.Wanted).Settings, cancellation);
        return proposal?.Kind == ProposalKind.Schema ? await SchemaStore.NamedAsync(Read(proposal.Wanted).Name, approve) : await approve();
    }

    internal async Task<ProposalDetail> DescribeAsync(Actor actor, StoredProposal proposal, ProposalSummary summary, CancellationToken cancellation)
    {
        var moved = proposal.State == ProposalState.Open && await database.ReadAsync(actor, (context, token) => HasMovedAsync(context, actor, proposal, token), cancellation);
        var isAuthor = proposal.ProposedBy == actor.UserId;
        var (mayWithdraw, mayRedo) = (isAuthor && proposal.State == ProposalState.Open, isAuthor && (moved || proposal.State == ProposalState.Declined));
        if (proposal.Kind == ProposalKind.Schedule)
        {
            var (was, wanted) = (StoredJson.Read<ProposedSchedule?[]>($"[{proposal.Base}]")[0], StoredJson.Read<ProposedSchedule>(proposal.Wanted));
            var after = await EffectiveAsync(actor, wanted.Settings, cancellation);
            var before = was is null ? after : await EffectiveAsync(actor, was.Settings, cancellation);
            return new(summary, wanted.Settings.SchemaId, proposal.DatasetId, true, proposal.Comment, before, after, before, after, moved, mayWithdraw, mayRedo)
            {
                ScheduleBefore = was is null ? null : (was.Rule, was.Settings), ScheduleAfter = (wanted.Rule, wanted.Settings),
                FollowsBefore = await FollowsAsync(actor, was?.After, cancellation), FollowsAfter = await FollowsAsync(actor, wanted.After, cancellation),
            };
        }

        // From the version itself: a schema may have been deleted since, and its proposals can still be read and put away.
        var saved = await database.ReadAsync(actor, (context, token) => context.SchemaVersions.Where(version => version.SchemaId == proposal.SchemaId && version.Version == proposal.BaseVersion).Select(version => version.Document).SingleOrDefaultAsync(token), cancellation);
        var document = saved is null ? Gone : Read(saved);
        List<SchemaOverride> had = [.. StoredJson.Read<List<ProposedOverride>>(proposal.Base).Select(one => one.ToOverride())];
        var rows = SchemaOverrides.Apply(document, had).Document;
        if (proposal.Kind == ProposalKind.Schema)
        {
            var edited = Read(proposal.Wanted);
            return new(summary, proposal.SchemaId!.Value, null, false, proposal.Comment, document, edited, rows, SchemaOverrides.Apply(edited, had).Document, moved, mayWithdraw, mayRedo);
        }

        var wantedOne = StoredJson.Read<ProposedOverride>(proposal.Wanted).ToOverride();
        List<SchemaOverride> has = [.. had.Where(one => one.Place != wantedOne.Place)];
        if (proposal.Kind == ProposalKind.Override)
            has.Add(wantedOne);
        var then = SchemaOverrides.Apply(document, has).Document;
        return new(summary, proposal.SchemaId!.Value, null, true, proposal.Comment, rows, then, rows, then, moved, mayWithdraw, mayRedo);
    }

    private async Task<SchemaDocument> EffectiveAsync(Actor actor, RefreshSettings settings, CancellationToken cancellation)
    {
        try
        {
            return (await overrides.GetAsync(actor, settings.SchemaId, settings.SchemaVersion, cancellation)).Document;
        }
        catch (NotFoundException)
        {
            return Gone;
        }
    }

    private async Task<string?> FollowsAsync(Actor actor, Guid? schedule, CancellationToken cancellation) => schedule is null ? null : await database.ReadAsync(actor, (context, token) => context.Set<StoredRefreshSchedule>()
        .Where(one => one.Id == schedule).Join(context.Set<Dataset>(), one => one.DatasetId, dataset => dataset.Id, (one, dataset) => dataset.Name).SingleOrDefaultAsync(token), cancellation) ?? "a dataset that is gone";

    internal async Task<EditOutcome?> RedoAsync(Actor author, StoredProposal proposal, CancellationToken cancellation)
    {
        if (proposal.Kind == ProposalKind.Schedule)
        {
            var wanted = StoredJson.Read<ProposedSchedule>(proposal.Wanted);
            var now = await refreshes.GetAsync(author, proposal.DatasetId!.Value, cancellation);
            return await refreshes.SaveAsync(author, proposal.DatasetId.Value, wanted.Rule, wanted.Settings, wanted.After, now?.Revision, cancellation);
        }

        var schemaId = proposal.SchemaId!.Value;
        if (proposal.Kind == ProposalKind.Schema)
        {
            if (await schemas.FindDraftAsync(author, schemaId, cancellation) is not null)
                throw new ConflictException("review.draft_exists", "You have unsaved work on this schema, which this would replace.") { SuggestedActions = ["Save your draft or discard it, then do this again"] };
            await schemas.SaveDraftAsync(author, schemaId, proposal.BaseVersion, Encoding.UTF8.GetBytes(proposal.Wanted), cancellation);
            return null;
        }

        var one = StoredJson.Read<ProposedOverride>(proposal.Wanted).ToOverride();
        if (proposal.Kind == ProposalKind.Override)
            return await overrides.SetAsync(author, schemaId, one, cancellation);
        var mine = (await overrides.GetAsync(author, schemaId, null, cancellation)).Overrides.FirstOrDefault(own => own.Verdict.Override.Place == one.Place) ?? throw new NotFoundException("The override");
        return await overrides.RemoveAsync(author, schemaId, mine.Id, cancellation);
    }

    /// <summary>Whether what the proposal stands on is no longer as its author saw it.</summary>
    private static async Task<bool> HasMovedAsync(PortalContext context, Actor actor, StoredProposal proposal, CancellationToken cancellation)
    {
        if (proposal.Kind == ProposalKind.Schedule)
        {
            var now = await context.Set<StoredRefreshSchedule>().AsNoTracking().SingleOrDefaultAsync(schedule => schedule.DatasetId == proposal.DatasetId, cancellation);
            var current = now is null ? null : new ProposedSchedule(StoredJson.Read<RefreshRule>(now.Rule), StoredJson.Read<RefreshSettings>(now.Settings), now.AfterId);
            return Text(StoredJson.Read<ProposedSchedule?[]>($"[{proposal.Base}]")[0]) != Text(current);
        }

        var latest = await context.Schemas.AsNoTracking().Where(schema => schema.Id == proposal.SchemaId && schema.DeletedAt == null).Select(schema => (int?)schema.LatestVersion).SingleOrDefaultAsync(cancellation);
        if (latest != proposal.BaseVersion)
            return true;
        if (proposal.Kind == ProposalKind.Schema)
            return false;
        // An override stands on the schema, and on what was overridden at its place.
        var one = StoredJson.Read<ProposedOverride>(proposal.Wanted).ToOverride();
        var stored = await OverrideStore.FindAsync(context, actor, proposal.SchemaId!.Value, one, cancellation);
        var was = StoredJson.Read<List<ProposedOverride>>(proposal.Base).Find(own => own.Entity == one.Entity && own.Field == one.Field);
        return StoredJson.Write(was) != StoredJson.Write(stored is null ? null : ProposedOverride.Of(stored.ToOverride()));
    }

    // Runs left out are no settings, and go with time.
    private static string Text(ProposedSchedule? schedule) => StoredJson.Write(schedule is null ? null : schedule with { Rule = schedule.Rule with { Skipped = [] } });

    private static ConflictException Moved(StoredProposal proposal) => new("review.base_moved", $"\"{proposal.Title}\" stands on what has changed meanwhile, so it would undo somebody else's work.")
    {
        SuggestedActions = ["Ask its author to open it and do it again from what there is now", "Decline it"],
    };

    private static SchemaDocument Read(string document) => SchemaReader.Read(Encoding.UTF8.GetBytes(document)).Document ?? throw new InvalidDataException("A proposed schema cannot be read.");
}
