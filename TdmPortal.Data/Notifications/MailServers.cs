using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;

namespace TdmPortal.Data.Notifications;

/// <summary>The mail server that notices are sent through, set by administrators.</summary>
public sealed class MailServers(PortalDatabase database, IDataProtectionProvider protection, TimeProvider time)
{
    private const string AdministratorsOnly = "Only administrators set the mail server.";
    private readonly IDataProtector protector = protection.CreateProtector("TdmPortal.MailServer");

    /// <summary>Null: there is none, and no mail is sent.</summary>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task<MailServer?> FindAsync(Actor admin, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        return await database.ReadAsSystemAsync((context, token) => context.Set<StoredMailServer>()
            .Select(server => new MailServer(server.Host, server.Port, server.Encrypted, server.UserName, server.Sender, server.PortalAddress) { HasPassword = server.Password != null, ChangedBy = server.ChangedBy, ChangedAt = server.ChangedAt })
            .SingleOrDefaultAsync(token), cancellation);
    }

    /// <param name="password">Null: as it was.</param>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    /// <exception cref="PortalException">mail.bad_settings</exception>
    public async Task SetAsync(Actor admin, MailServer server, string? password, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        server = Check(server);
        await database.ChangeAsSystemAsync(AuditSource.Of(admin), async (context, token) =>
        {
            var stored = await context.Set<StoredMailServer>().SingleOrDefaultAsync(token);
            var before = stored is null ? null : new { stored.Host, stored.Port, stored.Encrypted, stored.UserName, stored.Sender, stored.PortalAddress };
            if (stored is null)
                context.Add(stored = new StoredMailServer());
            // A password is for one server and one account: it is not handed to another that somebody enters.
            if (server.UserName is null || (password is null && (stored.Host, stored.UserName) != (server.Host, server.UserName)))
                stored.Password = null;
            if (server.UserName is not null && password is not null)
                stored.Password = protector.Protect(Encoding.UTF8.GetBytes(password));
            (stored.Host, stored.Port, stored.Encrypted, stored.UserName, stored.Sender, stored.PortalAddress) = (server.Host, server.Port, server.Encrypted, server.UserName, server.Sender, server.PortalAddress);
            (stored.ChangedBy, stored.ChangedAt) = (admin.UserName, time.GetUtcNow());
            context.Audit.Add(AuditAction.MailServerSet, null, before, new { server.Host, server.Port, server.Encrypted, server.UserName, server.Sender, server.PortalAddress }, details: password is null ? null : new { credentialsChanged = true });
            return true;
        }, cancellation);
    }

    /// <summary>No mail is sent any more; what waited is given up.</summary>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task RemoveAsync(Actor admin, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        await database.ChangeAsSystemAsync(AuditSource.Of(admin), async (context, token) =>
        {
            await context.Set<StoredMailServer>().ExecuteDeleteAsync(token);
            await context.Database.ExecuteSqlAsync($"update portal.notice_email set state = 'failed', error = 'The mail server was removed.', ended_at = clock_timestamp() where state = 'waiting'", token);
            context.Audit.Add(AuditAction.MailServerRemoved, null);
            return true;
        }, cancellation);
    }

    /// <summary>What waits, went out and failed.</summary>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task<MailTraffic> TrafficAsync(Actor admin, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        var (day, now) = (time.GetUtcNow().AddDays(-1), time.GetUtcNow());
        return await database.ReadAsSystemAsync(async (context, token) =>
        {
            var mails = context.Set<StoredNoticeEmail>().AsNoTracking();
            var failures = await mails.Where(mail => mail.Error != null && mail.State != StoredNoticeEmail.Sent && mail.CreatedAt > now.AddDays(-30))
                .Join(context.Users, mail => mail.UserId, user => user.Id, (mail, user) => new { mail, user.UserName })
                .Join(context.Set<StoredNotice>(), row => row.mail.NoticeId, notice => notice.Id, (row, notice) => new { row.mail, row.UserName, notice.Title })
                .OrderByDescending(row => row.mail.CreatedAt).ThenBy(row => row.mail.Id).Take(20).ToListAsync(token);
            return new MailTraffic(
                await mails.LongCountAsync(mail => mail.State == StoredNoticeEmail.Waiting, token),
                await mails.LongCountAsync(mail => mail.State == StoredNoticeEmail.Sent && mail.EndedAt > day, token),
                await mails.LongCountAsync(mail => mail.State == StoredNoticeEmail.Failed && mail.EndedAt > now.AddDays(-30), token),
                [.. failures.Select(row => new MailFailure(row.UserName ?? "", row.Title, row.mail.Error!, row.mail.Attempts, row.mail.State == StoredNoticeEmail.Waiting ? row.mail.NextAt : null))]);
        }, cancellation);
    }

    /// <summary>Records that somebody sent a test, and finds where to.</summary>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    /// <exception cref="PortalException">mail.no_server, mail.no_address</exception>
    public async Task<string> BeginTestAsync(Actor admin, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        return await database.ChangeAsSystemAsync(AuditSource.Of(admin), async (context, token) =>
        {
            if (!await context.Set<StoredMailServer>().AnyAsync(token))
                throw new PortalException("mail.no_server", "There is no mail server yet.") { SuggestedActions = ["Save the settings first"] };
            var address = await context.Users.Where(user => user.Id == admin.UserId).Select(user => user.Email).SingleOrDefaultAsync(token);
            if (string.IsNullOrEmpty(address))
                throw new PortalException("mail.no_address", "Your account has no e-mail address to send a test to.") { SuggestedActions = ["Enter your address in your settings"] };
            context.Audit.Add(AuditAction.MailTested, null);
            return address;
        }, cancellation);
    }

    /// <summary>With its password, for sending.</summary>
    /// <exception cref="PortalException">mail.password_lost</exception>
    public async Task<(MailServer Server, string? Password)?> OpenAsync(CancellationToken cancellation)
    {
        var stored = await database.ReadAsSystemAsync((context, token) => context.Set<StoredMailServer>().AsNoTracking().SingleOrDefaultAsync(token), cancellation);
        if (stored is null)
            return null;
        try
        {
            return (new MailServer(stored.Host, stored.Port, stored.Encrypted, stored.UserName, stored.Sender, stored.PortalAddress), stored.Password is null ? null : Encoding.UTF8.GetString(protector.Unprotect(stored.Password)));
        }
        catch (CryptographicException)
        {
            throw new PortalException("mail.password_lost", "The mail server's password cannot be read any more: the key that protects it is another one now.") { SuggestedActions = ["Enter the password again"] };
        }
    }

    private static MailServer Check(MailServer server)
    {
        var host = server.Host.Trim();
        if (host.Length > 255 || Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw Bad($"\"{host}\" is no host name.", "Write a name such as mail.example.com");
        if (server.Port is < 1 or > 65535)
            throw Bad($"{server.Port} is no port.", "Write a number from 1 to 65535, often 587 or 25");
        if (!MailAddress.TryCreate(server.Sender.Trim(), out var sender))
            throw Bad($"\"{server.Sender}\" is no e-mail address.", "Write an address such as tdm@example.com");
        if (!Uri.TryCreate(server.PortalAddress.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
            throw Bad($"\"{server.PortalAddress}\" is no address of the portal.", "Write it as people open it, such as https://tdm.example.com");
        var user = string.IsNullOrWhiteSpace(server.UserName) ? null : server.UserName.Trim();
        if (user is not null && !server.Encrypted && !IsLoopback(host))
            throw Bad("Without encryption the password could be read on its way to the mail server.", "Turn encryption on, or leave the user name empty");
        return server with { Host = host, UserName = user, Sender = sender.ToString(), PortalAddress = address.GetLeftPart(UriPartial.Authority) };
    }

    private static bool IsLoopback(string host) => host == "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));

    private static PortalException Bad(string message, string action) => new("mail.bad_settings", message) { SuggestedActions = [action] };

    private Task DemandAsync(Actor actor, CancellationToken cancellation) => database.DemandAsync(actor, actor.IsAdmin, AdministratorsOnly, cancellation);
}
