using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TdmPortal.Data.Identity;

namespace TdmPortal.Web.Identity;

/// <summary>Signs in by user name or e-mail address, and nobody who was disabled.</summary>
public sealed class PortalSignInManager(
    UserManager<PortalUser> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<PortalUser> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<PortalUser>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<PortalUser> confirmation)
    : SignInManager<PortalUser>(users, http, claims, options, logger, schemes, confirmation)
{
    /// <summary>By user name or e-mail address.</summary>
    public async Task<PortalUser?> FindAsync(string name) => await UserManager.FindByNameAsync(name) ?? (name.Contains('@', StringComparison.Ordinal) ? await UserManager.FindByEmailAsync(name) : null);

    public override async Task<bool> CanSignInAsync(PortalUser user) => !user.Disabled && await base.CanSignInAsync(user);

    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        var user = await FindAsync(userName);
        if (user is null)
        {
            // As long as a wrong password takes, so that the time does not tell which names exist.
            UserManager.PasswordHasher.HashPassword(new PortalUser(), password);
            return SignInResult.Failed;
        }
        return await PasswordSignInAsync(user, password, isPersistent, lockoutOnFailure);
    }
}
