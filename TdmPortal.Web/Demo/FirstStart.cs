using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Identity;
using TdmPortal.Data.Teams;
using TdmPortal.Web.Identity;

namespace TdmPortal.Web.Demo;

/// <summary>
/// An empty portal gets its administrator and, unless PORTAL_DEMO is false, three teams with people, before it listens;
/// their schemas and datasets follow in the background (<see cref="DemoContent"/>).
/// </summary>
public sealed class FirstStart(IServiceScopeFactory scopes, TeamStore teams, DemoContent content, IConfiguration configuration, TimeProvider clock)
{
    // No vowels and no look-alikes: nothing to misread, no words by accident.
    private const string PasswordLetters = "bcdfghjkmnpqrstvwxz23456789";

    private Guid? unfinished;

    /// <summary>Makes what is missing. A portal whose first start was cut off has nobody in the role Admin yet: it begins again.</summary>
    /// <returns>What the console tells about signing in, null when this is not the first start.</returns>
    public async Task<string?> PrepareAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var context = scope.ServiceProvider.GetRequiredService<PortalContext>();
        if ((await users.GetUsersInRoleAsync(PortalRoles.Admin)).Count > 0)
            return null;

        var given = configuration["PORTAL_ADMIN_PASSWORD"];
        var password = string.IsNullOrEmpty(given) ? NewPassword() : given;
        var admin = await AddAsync(context, users, "admin", "Administrator", password, "PORTAL_ADMIN_PASSWORD");
        unfinished = admin.Id;
        var hint = string.IsNullOrEmpty(given)
            ? $"  Sign in as  admin  with password  {password}  (shown only now: change it after signing in)"
            : "  Sign in as  admin  with the password from PORTAL_ADMIN_PASSWORD";
        if (string.Equals(configuration["PORTAL_DEMO"], "false", StringComparison.OrdinalIgnoreCase))
            return hint;
        return hint + Environment.NewLine + await AddDemoAsync(context, users, new Actor(admin.Id, admin.UserName!, IsAdmin: true, Guid.Empty, "", TeamRole.Lead), cancellation);
    }

    /// <summary>Gives the administrator the role, once the console has shown how to sign in: a password nobody saw must not last.</summary>
    public async Task CompleteAsync()
    {
        if (unfinished is not { } id)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        await scope.ServiceProvider.GetRequiredService<PortalContext>().RecordingAsync(AuditSource.Portal, async audit =>
        {
            var admin = (await users.FindByIdAsync(id.ToString()))!;
            audit.Add(AuditAction.AccountRole, AuditObject.User(id, admin.UserName), new { admin = false }, new { admin = true }, new { reason = "first start" });
            Accounts.Demand(await users.AddToRoleAsync(admin, PortalRoles.Admin));
            return true;
        });
        unfinished = null;
    }

    private async Task<string> AddDemoAsync(PortalContext context, UserManager<PortalUser> users, Actor admin, CancellationToken cancellation)
    {
        var given = configuration["PORTAL_DEMO_PASSWORD"];
        var password = string.IsNullOrEmpty(given) ? NewPassword() : given;
        var known = (await teams.ListAsync(admin, null, null, 100, cancellation)).Items.ToDictionary(team => team.Key, team => team.Id, StringComparer.Ordinal);
        // Hashing is slow on purpose; these nine have one password, so one hash is enough.
        string? hash = null;
        foreach (var team in DemoTeam.All)
        {
            var id = known.TryGetValue(team.Key, out var existing) ? existing : await teams.CreateAsync(admin, team.Key, team.Name, team.TimeZone, cancellation);
            Guid? leadId = null;
            foreach (var (suffix, role, name) in new[] { ("lead", TeamRole.Lead, "lead"), ("tester1", TeamRole.Tester, "tester one"), ("tester2", TeamRole.Tester, "tester two") })
            {
                var user = await AddAsync(context, users, $"{team.Key}-{suffix}", $"{team.Name} {name}", password, "PORTAL_DEMO_PASSWORD", hash);
                hash = user.PasswordHash;
                await teams.SetMemberAsync(admin, id, user.Id, role, cancellation);
                leadId ??= user.Id;
            }
            content.Add(team, new Actor(leadId!.Value, $"{team.Key}-lead", IsAdmin: false, id, team.Key, TeamRole.Lead));
        }
        var people = string.Join(", ", DemoTeam.All.Select(team => team.Key));
        var with = string.IsNullOrEmpty(given) ? $"{password}  (shown only now)" : "from PORTAL_DEMO_PASSWORD";
        return $"  Or look around as  checkout-tester1  with password  {with}; teams {people}, each with -lead, -tester1, -tester2";
    }

    private Task<PortalUser> AddAsync(PortalContext context, UserManager<PortalUser> users, string name, string displayName, string password, string variable, string? hash = null) => context.RecordingAsync(AuditSource.Portal, async audit =>
    {
        if (await users.FindByNameAsync(name) is { } left)
        {
            // From a first start that was cut off: what it would have printed is lost.
            left.PasswordHash = hash ?? users.PasswordHasher.HashPassword(left, password);
            audit.Add(AuditAction.PasswordSet, AuditObject.User(left.Id, name), details: new { reason = "first start" });
            Accounts.Demand(await users.UpdateSecurityStampAsync(left));
            return left;
        }

        var user = new PortalUser { UserName = name, DisplayName = displayName, PasswordHash = hash, CreatedAt = clock.GetUtcNow() };
        var result = hash is null ? await users.CreateAsync(user, password) : await users.CreateAsync(user);
        if (!result.Succeeded)
            throw new PortalException("user.refused", $"The account {name} could not be made: {string.Join(" ", result.Errors.Select(Accounts.Say))}") { SuggestedActions = [$"Set {variable} to another password, or leave it out to have one generated."] };
        audit.Add(AuditAction.AccountInvited, AuditObject.User(user.Id, name), after: new { displayName }, details: new { reason = "first start" });
        return user;
    });

    private static string NewPassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(PasswordLetters, 4)));
}
