using Microsoft.EntityFrameworkCore;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Reviews;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Notifications;

namespace TdmPortal.Data.Reviews;

/// <summary>A team's proposals: all members see them, a lead other than the author decides, the author may withdraw.</summary>
public sealed class ReviewStore(PortalDatabase database, ProposalWork work, TimeProvider time)
{
    /// <summary>What the change feed says when a proposal was made or decided.</summary>
    public static readonly Guid Changed = new("7d9b6e02-0000-4000-8000-9a05e0000031");

    private const int LongestComment = 1000;

    /// <summary>Proposals, the latest first.</summary>
    /// <param name="open">Those that wait, or those that are decided.</param>
    public Task<Page<ProposalSummary>> ListAsync(Actor actor, bool open, string? after, int take, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var proposals = Of(context, actor).Where(one => (one.State == ProposalState.Open) == open);
        var total = await proposals.LongCountAsync(token);
        if (ListCursor.Parse(after) is { } cursor)
            proposals = proposals.Where(one => EF.Functions.LessThan(ValueTuple.Create(one.ProposedAt, one.Id), ValueTuple.Create(cursor.At, cursor.Id)));
        var found = await SummariesAsync(context, actor, proposals.OrderByDescending(one => one.ProposedAt).ThenByDescending(one => one.Id).Take(take + 1), token);
        var items = found.OrderByDescending(one => one.ProposedAt).ThenByDescending(one => one.Id).Take(take).ToList();
        return new Page<ProposalSummary>(items, found.Count > take ? new ListCursor(items[^1].ProposedAt, items[^1].Id).ToString() : null, total);
    }, cancellation);

    /// <summary>Those that wait to change a schema, overrides of it, or a dataset's schedule; the latest first, at most ten.</summary>
    /// <param name="about">The schema, or the dataset.</param>
    public Task<IReadOnlyList<ProposalSummary>> OpenAsync(Actor actor, Guid about, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
        (IReadOnlyList<ProposalSummary>)[.. (await SummariesAsync(context, actor, Of(context, actor).Where(one => one.State == ProposalState.Open && (one.SchemaId == about || one.DatasetId == about)).OrderByDescending(one => one.ProposedAt).ThenByDescending(one => one.Id).Take(10), token))
            .OrderByDescending(one => one.ProposedAt).ThenByDescending(one => one.Id)], cancellation);

    /// <summary>How many wait for the actor to decide; null: the team wants no reviews, and none waits.</summary>
    public Task<int?> WaitingAsync(Actor actor, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var open = Of(context, actor).Where(one => one.State == ProposalState.Open);
        if (!await context.Teams.AnyAsync(team => team.Id == actor.TeamId && team.Review, token) && !await open.AnyAsync(token))
            return null;
        return (int?)(actor.IsLead ? await open.CountAsync(one => one.ProposedBy != actor.UserId, token) : 0);
    }, cancellation);

    /// <summary>One with its difference.</summary>
    /// <exception cref="NotFoundException"/>
    public async Task<ProposalDetail> GetAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var (stored, summary) = await database.ReadAsync(actor, async (context, token) =>
            (await FindAsync(context, actor, id, token), (await SummariesAsync(context, actor, Of(context, actor).Where(one => one.Id == id), token))[0]), cancellation);
        return await work.DescribeAsync(actor, stored, summary, cancellation);
    }

    /// <summary>Approves a proposal and does what it wants, in one transaction.</summary>
    /// <exception cref="ForbiddenException">For leads, but its author.</exception>
    /// <exception cref="ConflictException">review.base_moved: what it stands on changed meanwhile. review.decided: somebody was quicker.</exception>
    public async Task<EditOutcome> ApproveAsync(Actor lead, Guid id, string? comment, CancellationToken cancellation)
    {
        await DemandLeadAsync(lead, cancellation);
        return await work.CheckedAsync(lead, id, () => database.ChangeAsync(lead, async (context, token) =>
        {
            var proposal = await DecideAsync(context, lead, id, ProposalState.Approved, comment, token);
            return await work.ApplyAsync(context, lead, proposal, token);
        }, cancellation), cancellation);
    }

    /// <summary>Declines a proposal: everything stays as it is.</summary>
    /// <inheritdoc cref="ApproveAsync" path="/exception[@cref='T:TdmPortal.Core.Errors.ForbiddenException']"/>
    /// <exception cref="ConflictException">review.decided: somebody was quicker.</exception>
    public async Task DeclineAsync(Actor lead, Guid id, string? comment, CancellationToken cancellation)
    {
        await DemandLeadAsync(lead, cancellation);
        await database.ChangeAsync(lead, (context, token) => DecideAsync(context, lead, id, ProposalState.Declined, comment, token), cancellation);
    }

    /// <summary>Takes one's own proposal back.</summary>
    /// <exception cref="ForbiddenException">For its author.</exception>
    /// <exception cref="ConflictException">review.decided</exception>
    public Task WithdrawAsync(Actor author, Guid id, CancellationToken cancellation) => database.ChangeAsync(author, (context, token) => DecideAsync(context, author, id, ProposalState.Withdrawn, null, token), cancellation);

    /// <summary>
    /// Begins one's own proposal again from what there is now: a schema as the author's draft, which the designer merges; all
    /// else as a new proposal. The former one is withdrawn.
    /// </summary>
    /// <returns>The new proposal; null: the schema's draft is there to be finished.</returns>
    /// <exception cref="ForbiddenException">For its author.</exception>
    /// <exception cref="ConflictException">review.draft_exists: unsaved work of the author's is in the way.</exception>
    public async Task<EditOutcome?> RedoAsync(Actor author, Guid id, CancellationToken cancellation)
    {
        var stored = await database.ReadAsync(author, (context, token) => FindAsync(context, author, id, token), cancellation);
        await database.DemandAsync(author, stored.ProposedBy == author.UserId, "Only who proposed it may do it again.", cancellation);
        var outcome = await work.RedoAsync(author, stored, cancellation);
        if (stored.State == ProposalState.Open)
            await WithdrawAsync(author, id, cancellation);
        return outcome;
    }

    /// <summary>Marks an open proposal as decided. Row-level security asks the same again: who, and of whose proposal.</summary>
    private async Task<StoredProposal> DecideAsync(PortalContext context, Actor actor, Guid id, ProposalState state, string? comment, CancellationToken cancellation)
    {
        comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();
        if (comment?.Length > LongestComment)
            throw new PortalException("review.comment_long", $"The comment has {comment.Length} characters; {LongestComment} are allowed.") { SuggestedActions = ["Shorten it"] };
        // Locked: of two who decide at once the second finds it decided.
        var proposal = await context.Set<StoredProposal>().FromSql($"select * from portal.proposal where id = {id} and state = 'open' for update").AsNoTracking().SingleOrDefaultAsync(cancellation);
        if (proposal is null)
        {
            var decided = await FindAsync(context, actor, id, cancellation);
            throw new ConflictException("review.decided", $"\"{decided.Title}\" was {decided.State.ToString().ToLowerInvariant()} meanwhile.") { SuggestedActions = ["Reload the page to see by whom"] };
        }

        var isOwn = proposal.ProposedBy == actor.UserId;
        if (state == ProposalState.Withdrawn && !isOwn) throw new ForbiddenException("Only who proposed it may withdraw it.");
        if (state != ProposalState.Withdrawn && isOwn) throw new ForbiddenException("A lead other than its author approves or declines a proposal.");
        var now = time.GetUtcNow();
        await context.Database.ExecuteSqlAsync($"""
            update portal.proposal set state = {state.ToString().ToLowerInvariant()}, decided_by = {actor.UserId}, decided_at = {now}, comment = {comment}, approved_in = case when {state == ProposalState.Approved} then pg_current_xact_id() end
            where id = {id}
            """, cancellation);
        var action = state switch { ProposalState.Approved => AuditAction.ReviewApproved, ProposalState.Declined => AuditAction.ReviewDeclined, _ => AuditAction.ReviewWithdrawn };
        var author = await context.Users.Where(user => user.Id == proposal.ProposedBy).Select(user => user.UserName).SingleOrDefaultAsync(cancellation);
        context.Audit.Add(action, AuditObject.Proposal(id, proposal.Title), before: new { State = ProposalState.Open }, after: new { state }, details: new { author, comment });
        if (state != ProposalState.Withdrawn)
        {
            await Notices.AddAsync(context, new Notice(NoticeKind.ReviewDecided, actor.TeamId, $"{proposal.Title}: {(state == ProposalState.Approved ? "approved" : "declined")}", $"By {actor.UserName}{(comment is null ? "." : $": {comment}")}", $"/reviews/{id}")
                { DatasetId = proposal.DatasetId, PersonId = proposal.ProposedBy, AuthorId = actor.UserId }, cancellation);
        }

        await JobQueue.NotifyAsync(context, Changed, cancellation);
        return proposal;
    }

    private Task DemandLeadAsync(Actor actor, CancellationToken cancellation) => database.DemandAsync(actor, actor.IsLead, "Only a lead of the team may approve or decline a proposal.", cancellation);

    private static IQueryable<StoredProposal> Of(PortalContext context, Actor actor) => context.Set<StoredProposal>().AsNoTracking().Where(one => one.TeamId == actor.TeamId);

    private static async Task<StoredProposal> FindAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation) =>
        await Of(context, actor).SingleOrDefaultAsync(one => one.Id == id, cancellation) ?? throw new NotFoundException("The proposal");

    private static Task<List<ProposalSummary>> SummariesAsync(PortalContext context, Actor actor, IQueryable<StoredProposal> proposals, CancellationToken cancellation) => proposals
        .Select(one => new ProposalSummary(one.Id, one.Kind, one.Title, one.Note, one.State,
            context.Users.Where(user => user.Id == one.ProposedBy).Select(user => user.DisplayName).FirstOrDefault() ?? "", one.ProposedAt,
            context.Users.Where(user => user.Id == one.DecidedBy).Select(user => user.DisplayName).FirstOrDefault(), one.DecidedAt,
            one.State == ProposalState.Open && actor.IsLead && one.ProposedBy != actor.UserId))
        .ToListAsync(cancellation);
}
