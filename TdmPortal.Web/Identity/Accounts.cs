using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Identity;

namespace TdmPortal.Web.Identity;

/// <summary>People's accounts as administrators manage them: invited with a one-time link, disabled, reset, made administrator.</summary>
public sealed class Accounts(PortalDatabase database, IServiceScopeFactory scopes, AccountChanges changes, TimeProvider clock)
{
    /// <summary>By user name, paged; the cursor is the last name of the page before.</summary>
    public async Task<Page<AccountSummary>> ListAsync(Actor admin, string? search, string? after, int take, CancellationToken cancellation)
    {
        await DemandAdminAsync(admin, cancellation);
        var now = clock.GetUtcNow();
        return await database.ReadAsSystemAsync(async (context, token) =>
        {
            var all = context.Users.AsNoTracking();
            if (!string.IsNullOrWhiteSpace(search))
            {
                var pattern = $"%{search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
                all = all.Where(user => EF.Functions.ILike(user.UserName!, pattern) || EF.Functions.ILike(user.Email!, pattern) || EF.Functions.ILike(user.DisplayName, pattern));
            }
            var total = await all.LongCountAsync(token);
            var page = after is null ? all : all.Where(user => user.NormalizedUserName!.CompareTo(after) > 0);
            var rows = await page.OrderBy(user => user.NormalizedUserName).Take(take + 1).Select(user => new
            {
                user.Id,
                user.UserName,
                user.NormalizedUserName,
                user.DisplayName,
                user.Email,
                user.Disabled,
                user.TwoFactorEnabled,
                user.LockoutEnd,
                user.CreatedAt,
                HasPassword = user.PasswordHash != null,
                IsAdmin = context.UserRoles.Any(role => role.UserId == user.Id && context.Roles.Any(known => known.Id == role.RoleId && known.Name == PortalRoles.Admin)),
            }).ToListAsync(token);
            var items = rows.Take(take).Select(row => new AccountSummary(row.Id, row.UserName ?? "", row.DisplayName, row.Email, row.IsAdmin,
                row.Disabled ? AccountState.Disabled : !row.HasPassword ? AccountState.Invited : row.LockoutEnd > now ? AccountState.Locked : AccountState.Active,
                row.TwoFactorEnabled, row.CreatedAt)).ToList();
            return new Page<AccountSummary>(items, rows.Count > take ? rows[take - 1].NormalizedUserName : null, total);
        }, cancellation);
    }

    /// <summary>Makes an account without a password.</summary>
    /// <returns>The code of its one-time link; shown once.</returns>
    public async Task<(Guid UserId, string Code)> InviteAsync(Actor admin, string userName, string displayName, string? email, bool isAdmin, CancellationToken cancellation)
    {
        await DemandAdminAsync(admin, cancellation);
        return await ChangeAsync(AuditSource.Of(admin), async (users, audit) =>
        {
            var name = userName.Trim();
            if (await users.FindByNameAsync(name) is not null)
                throw new ConflictException("user.name_taken", $"There is already a user called {name}.") { SuggestedActions = ["Choose another user name, or reset that user's password instead."] };
            var user = new PortalUser { UserName = name, DisplayName = displayName.Trim(), Email = string.IsNullOrWhiteSpace(email) ? null : email.Trim(), CreatedAt = clock.GetUtcNow() };
            Demand(await users.CreateAsync(user));
            audit.Add(AuditAction.AccountInvited, AuditObject.User(user.Id, name), after: new { user.DisplayName, user.Email, isAdmin });
            if (isAdmin)
                Demand(await users.AddToRoleAsync(user, PortalRoles.Admin));
            return (user.Id, Encode(await users.GeneratePasswordResetTokenAsync(user)));
        });
    }

    /// <summary>Takes the password and every session away.</summary>
    /// <returns>The code of the one-time link that sets a new one.</returns>
    public async Task<string> ResetAsync(Actor admin, Guid userId, CancellationToken cancellation)
    {
        await DemandAdminAsync(admin, cancellation);
        var code = await ChangeAsync(AuditSource.Of(admin), async (users, audit) =>
        {
            var user = await FindAsync(users, userId);
            audit.Add(AuditAction.AccountReset, AuditObject.User(user.Id, user.UserName), new { user.TwoFactorEnabled, hasPassword = user.PasswordHash is not null }, new { TwoFactorEnabled = false, hasPassword = false });
            if (await users.HasPasswordAsync(user))
                Demand(await users.RemovePasswordAsync(user));
            Demand(await users.SetTwoFactorEnabledAsync(user, false));
            Demand(await users.SetLockoutEndDateAsync(user, null));
            Demand(await users.UpdateSecurityStampAsync(user));
            return Encode(await users.GeneratePasswordResetTokenAsync(user));
        });
        changes.Raise(userId);
        return code;
    }

    /// <summary>Keeps somebody out, with open pages closed at once, or lets them in again.</summary>
    public async Task SetDisabledAsync(Actor admin, Guid userId, bool disabled, CancellationToken cancellation)
    {
        await DemandAdminAsync(admin, cancellation);
        if (userId == admin.UserId)
            throw new PortalException("user.own_account", "You cannot disable your own account.") { SuggestedActions = ["Ask another administrator to do it."] };
        await ChangeAsync(AuditSource.Of(admin), async (users, audit) =>
        {
            var user = await FindAsync(users, userId);
            audit.Add(disabled ? AuditAction.AccountDisabled : AuditAction.AccountEnabled, AuditObject.User(user.Id, user.UserName), new { user.Disabled }, new { disabled });
            user.Disabled = disabled;
            if (!disabled)
                user.LockoutEnd = null;
            Demand(await users.UpdateSecurityStampAsync(user));
            return true;
        });
        changes.Raise(userId);
    }

    public async Task SetAdminAsync(Actor admin, Guid userId, bool isAdmin, CancellationToken cancellation)
    {
        await DemandAdminAsync(admin, cancellation);
        if (userId == admin.UserId)
            throw new PortalException("user.own_account", "You cannot take the administrator's role from yourself.") { SuggestedActions = ["Ask another administrator to do it."] };
        await ChangeAsync(AuditSource.Of(admin), async (users, audit) =>
        {
            var user = await FindAsync(users, userId);
            var was = await users.IsInRoleAsync(user, PortalRoles.Admin);
            audit.Add(AuditAction.AccountRole, AuditObject.User(user.Id, user.UserName), new { admin = was }, new { admin = isAdmin });
            if (was != isAdmin)
                Demand(isAdmin ? await users.AddToRoleAsync(user, PortalRoles.Admin) : await users.RemoveFromRoleAsync(user, PortalRoles.Admin));
            Demand(await users.UpdateSecurityStampAsync(user));
            return true;
        });
        changes.Raise(userId);
    }

    /// <summary>An account by its exact user name or e-mail address, for a lead who adds a member; null when there is none.</summary>
    public async Task<Guid?> FindByNameAsync(Actor lead, string name)
    {
        await database.DemandAsync(lead, lead.IsLead, "Only leads and administrators add members.", CancellationToken.None);
        return await UseAsync<Guid?>(async users => (await users.FindByNameAsync(name) ?? await users.FindByEmailAsync(name))?.Id);
    }

    /// <summary>Sets the password that a one-time link asks for; the link is of no more use then.</summary>
    /// <returns>What stood against it, empty when it is set.</returns>
    public Task<IReadOnlyList<string>> SetPasswordAsync(AuditSource who, Guid userId, string code, string password) => ChangeAsync<IReadOnlyList<string>>(who, async (users, audit) =>
    {
        audit.NothingOwed("A link that is no longer good changes nothing.");
        var user = await users.FindByIdAsync(userId.ToString());
        if (user is null or { Disabled: true } || Decode(code) is not { } token)
            return ["This link is no longer valid. Ask an administrator for a new one."];
        var result = await users.ResetPasswordAsync(user, token, password);
        if (result.Succeeded)
            audit.Add(AuditAction.PasswordSet, AuditObject.User(user.Id, user.UserName), details: new { by = "a one-time link" });
        return result.Succeeded ? [] : result.Errors.Select(Say).ToList();
    });

    /// <summary>Whether a one-time link can still be used.</summary>
    public Task<PortalUser?> FindInvitedAsync(Guid userId, string code) => UseAsync(async users =>
    {
        var user = await users.FindByIdAsync(userId.ToString());
        return user is { Disabled: false } && Decode(code) is { } token
            && await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<PortalUser>.ResetPasswordTokenPurpose, token) ? user : null;
    });

    /// <summary>What Identity refused, in the portal's words.</summary>
    public static string Say(IdentityError error) => error.Code switch
    {
        "InvalidToken" => "This link is no longer valid. Ask an administrator for a new one.",
        "PasswordTooShort" => "The password is too short: take 10 characters or more.",
        "PasswordRequiresUniqueChars" => "The password repeats too few characters: use at least 4 different ones.",
        "PasswordMismatch" => "The current password is not right.",
        "InvalidUserName" => "A user name has letters, digits and - . _ @ + only.",
        "DuplicateUserName" => "There is already a user of that name.",
        _ => error.Description,
    };

    /// <summary>Throws what Identity refused as the portal's own kind of error.</summary>
    public static void Demand(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new PortalException("user.refused", string.Join(" ", result.Errors.Select(Say)));
    }

    // Identity's manager keeps a database context: each piece of work gets one of its own, pages live too long for it.
    private async Task<T> UseAsync<T>(Func<UserManager<PortalUser>, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>());
    }

    private async Task<T> ChangeAsync<T>(AuditSource who, Func<UserManager<PortalUser>, AuditTrail, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        return await scope.ServiceProvider.GetRequiredService<PortalContext>().RecordingAsync(who, audit => work(users, audit));
    }

    private static async Task<PortalUser> FindAsync(UserManager<PortalUser> users, Guid id) => await users.FindByIdAsync(id.ToString()) ?? throw new NotFoundException("User");

    private Task DemandAdminAsync(Actor actor, CancellationToken cancellation) => database.DemandAsync(actor, actor.IsAdmin, "Only administrators manage accounts.", cancellation);

    private static string Encode(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));

    private static string? Decode(string code)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
