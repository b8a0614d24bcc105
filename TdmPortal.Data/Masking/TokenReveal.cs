using TdmPortal.Core.Errors;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;

namespace TdmPortal.Data.Masking;

/// <summary>Turns tokens back into what they stand for: for administrators, with a reason, recorded before the value is given away.</summary>
public sealed class TokenReveal(PortalDatabase database, MaskingRuns runs, MaskingKeys keys)
{
    private const int LongestReason = 300;
    private const int LongestToken = 100_000;

    /// <param name="runId">The run that made the version.</param>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">masking.bad_reason, masking.no_token</exception>
    public async Task<string> RevealAsync(Actor admin, Guid runId, string entity, string field, string token, string reason, CancellationToken cancellation)
    {
        await database.DemandAsync(admin, admin.IsAdmin, "Only an administrator turns tokens back.", cancellation);
        reason = Reasons.Check(reason, LongestReason);
        var run = await runs.GetAsync(admin, runId, cancellation);
        var decision = run.Decisions.FirstOrDefault(decision => decision.Entity == entity && decision.Field == field);
        var key = await keys.GetAsync(admin.TeamId, run.KeyNumber, cancellation);
        var value = decision?.Identity is { } identity && token.Length <= LongestToken ? Tokens.Reveal(key, identity, token.Trim()) : null;
        // Recorded whether it was one or not: trying is something to know of as well.
        await database.RecordAsync(AuditSource.Of(admin), AuditAction.TokenRevealed, AuditObject.Policy(run.Summary.PolicyId ?? runId, run.Summary.Policy), new { run = runId, entity, field, reason, opened = value is not null }, cancellation);
        return value ?? throw new PortalException("masking.no_token", $"This is no token of {entity}.{field}, or it was made with another key.") { SuggestedActions = ["Copy the whole value, from tok_ to its end", "Choose the run that made the version it comes from"] };
    }
}
