using Microsoft.AspNetCore.Identity;
using TdmPortal.Data;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Identity;
using TdmPortal.Web.Audit;

namespace TdmPortal.Web.Identity;

/// <summary>Every try to come in is recorded, with what it changed in the account, in one transaction.</summary>
public sealed class SignInRecords(PortalContext context, TimeProvider clock)
{
    /// <param name="user">Whose account it is; null for a name that nobody has.</param>
    /// <param name="step">What was asked for: <c>password</c>, <c>code</c>, <c>recovery code</c>.</param>
    public Task<SignInResult> TryAsync(HttpContext http, PortalUser? user, string step, Func<Task<SignInResult>> attempt) => context.RecordingAsync(RequestOrigin.Of(http, user), async audit =>
    {
        var wasLocked = user?.LockoutEnd > clock.GetUtcNow();
        var result = await attempt();
        var about = user is null ? null : AuditObject.User(user.Id, user.UserName);
        if (result.Succeeded)
            audit.Add(AuditAction.SignedIn, about, details: new { step });
        else if (result.RequiresTwoFactor)
            audit.NothingOwed("The second step says whether they come in.");
        else
            audit.Add(AuditAction.SignInFailed, about, details: new { step, reason = result switch { { IsLockedOut: true } => "locked", { IsNotAllowed: true } => "disabled", _ => "wrong" } });
        if (result.IsLockedOut && !wasLocked)
            audit.Add(AuditAction.LockedOut, about, details: new { until = user?.LockoutEnd });
        return result;
    }, http.RequestAborted);
}
