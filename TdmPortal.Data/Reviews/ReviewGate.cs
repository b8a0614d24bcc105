using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Notifications;

namespace TdmPortal.Data.Reviews;

/// <summary>
/// Where every edit of a schema, an override or a schedule's settings goes through before it is stored. The database asks
/// the same questions once more: what went around the gate it refuses.
/// </summary>
internal static class ReviewGate
{
    private const int LongestTitle = 200;

    /// <summary>Whether an edit of a schema has to be approved.</summary>
    /// <param name="ownOnly">Whether it reaches the actor's own team only, as an override does.</param>
    public static Task<bool> IsSchemaReviewedAsync(PortalContext context, Guid schemaId, bool ownOnly, CancellationToken cancellation) =>
        context.Database.SqlQuery<bool>($"select portal.schema_needs_review({schemaId}, {ownOnly}) as \"Value\"").SingleAsync(cancellation);

    /// <summary>Whether a change of when or how a dataset is refreshed has to be approved.</summary>
    public static Task<bool> IsDatasetReviewedAsync(PortalContext context, Guid datasetId, CancellationToken cancellation) =>
        context.Database.SqlQuery<bool>($"select portal.dataset_needs_review({datasetId}) as \"Value\"").SingleAsync(cancellation);

    /// <summary>Keeps an edit as a proposal, in the transaction that would have stored it, and tells the leads.</summary>
    public static async Task<Guid> ProposeAsync(PortalContext context, Actor author, StoredProposal proposal, DateTimeOffset now, CancellationToken cancellation)
    {
        (proposal.Id, proposal.TeamId, proposal.ProposedBy, proposal.ProposedAt) = (Guid.CreateVersion7(now), author.TeamId, author.UserId, now);
        if (proposal.Title.Length > LongestTitle)
            proposal.Title = proposal.Title[..(LongestTitle - 1)] + "…";
        context.Add(proposal);
        context.Audit.Add(AuditAction.ReviewProposed, AuditObject.Proposal(proposal.Id, proposal.Title), after: new { proposal.Kind, proposal.BaseVersion, proposal.SchemaId, proposal.DatasetId, proposal.Place }, details: new { proposal.Note });
        await context.SaveChangesAsync(cancellation);
        await Notices.AddAsync(context, new Notice(NoticeKind.ReviewAsked, author.TeamId, $"{proposal.Title}: a change waits for review", $"{author.UserName} proposes it{(proposal.Note is null ? "." : $": {proposal.Note}")}", $"/reviews/{proposal.Id}") { DatasetId = proposal.DatasetId, AuthorId = author.UserId }, cancellation);
        await JobQueue.NotifyAsync(context, ReviewStore.Changed, cancellation);
        return proposal.Id;
    }
}
