using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using TdmPortal.Data.Identity;

namespace TdmPortal.Web.Identity;

/// <summary>
/// Checks in open pages that the account still may be there: every half minute, and at once when an administrator on
/// this node disables or resets it. A page that lost its right goes to the sign-in page.
/// </summary>
public sealed class CircuitAuthentication : RevalidatingServerAuthenticationStateProvider
{
    private readonly IServiceScopeFactory scopes;
    private readonly AccountChanges changes;

    public CircuitAuthentication(ILoggerFactory loggers, IServiceScopeFactory scopes, AccountChanges changes) : base(loggers)
    {
        this.scopes = scopes;
        this.changes = changes;
        changes.Changed += OnChanged;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        try
        {
            var user = await users.GetUserAsync(authenticationState.User);
            return user is { Disabled: false } && authenticationState.User.FindFirstValue(users.Options.ClaimsIdentity.SecurityStampClaimType) == await users.GetSecurityStampAsync(user);
        }
        catch (Exception exception) when (Errors.ProblemFields.IsDatabaseGone(exception))
        {
            return true; // Asked again at the next turn; without its database the portal shows nothing anyway.
        }
    }

    protected override void Dispose(bool disposing)
    {
        changes.Changed -= OnChanged;
        base.Dispose(disposing);
    }

    private async void OnChanged(Guid userId)
    {
        try
        {
            var state = await GetAuthenticationStateAsync();
            if (state.User.FindFirstValue(ClaimTypes.NameIdentifier) == userId.ToString() && !await ValidateAuthenticationStateAsync(state, CancellationToken.None))
                SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        }
        catch (InvalidOperationException)
        {
            // A scope of a single request: it has no state and shows no page.
        }
    }
}
