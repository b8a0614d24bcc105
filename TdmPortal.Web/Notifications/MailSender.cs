using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Notifications;

namespace TdmPortal.Web.Notifications;

/// <summary>Sends mails through the mail server that an administrator set.</summary>
/// <remarks>The framework's client: it knows STARTTLS and signing in by LOGIN and NTLM, which every server in use has.</remarks>
public sealed class MailSender(MailQueue queue, MailServers servers, NoticeOptions options, TimeProvider time, ILogger<MailSender> log)
{
    private const int AtOnce = 4;

    /// <summary>Sends the mails that are due.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        if (await servers.OpenAsync(cancellation) is not var (server, password))
            return 0;
        var mails = await queue.TakeAsync(AtOnce, cancellation);
        await Task.WhenAll(mails.Select(async mail =>
        {
            if (mail.Address.Length == 0)
                await queue.FailedAsync(mail, "The account has no e-mail address any more.", forGood: true, cancellation);
            else if (await TrySendAsync(() => MailText.Of(mail, server), server, password, cancellation) is var (error, forGood))
                await queue.FailedAsync(mail, error, forGood, cancellation);
            else
                await queue.SentAsync(mail, cancellation);
        }));
        return mails.Count;
    }

    /// <summary>Sends a test to the administrator, now.</summary>
    /// <returns>Where it went.</returns>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    /// <exception cref="PortalException">mail.not_sent says why; mail.no_server, mail.no_address</exception>
    public async Task<string> TestAsync(Actor admin, CancellationToken cancellation)
    {
        var address = await servers.BeginTestAsync(admin, cancellation);
        if (await servers.OpenAsync(cancellation) is not var (server, password))
            throw new PortalException("mail.no_server", "There is no mail server yet.") { SuggestedActions = ["Save the settings first"] };
        if (await TrySendAsync(() => MailText.Test(Guid.CreateVersion7(time.GetUtcNow()), server, address), server, password, cancellation) is var (error, _))
            throw new PortalException("mail.not_sent", error) { SuggestedActions = ["Correct the settings and test again"] };
        return address;
    }

    /// <returns>Null: sent. Else what went wrong, and whether another attempt would end the same way.</returns>
    private async Task<(string Error, bool ForGood)?> TrySendAsync(Func<MailMessage> make, MailServer server, string? password, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.MailTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            using var message = make();
            using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.Encrypted, DeliveryFormat = SmtpDeliveryFormat.SevenBit };
            if (server.UserName is not null)
                client.Credentials = new NetworkCredential(server.UserName, password);
            await client.SendMailAsync(message, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ($"{server.Host}:{server.Port} did not finish within {options.MailTimeout.TotalSeconds:0} seconds. It may expect TLS from the first byte (often port 465), which is not supported: use its port for STARTTLS, often 587.", false);
        }
        catch (FormatException)
        {
            return ("The recipient's address is none that mail can be sent to.", true);
        }
        catch (SmtpException fault)
        {
            return Explain(fault, server);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // One that nobody thought of must not stand in the way of the others for good.
            log.LogError(fault, "A mail could not be sent");
            return ("It could not be sent; the portal's log says why.", false);
        }
    }

    private static (string Error, bool ForGood) Explain(SmtpException fault, MailServer server)
    {
        var cause = fault.GetBaseException();
        return cause switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => ($"{server.Host}:{server.Port} refused the connection: no mail server listens there.", false),
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => ($"There is no host {server.Host}.", false),
            SocketException socket => ($"{server.Host}:{server.Port} cannot be reached ({socket.SocketErrorCode}).", false),
            AuthenticationException => ($"The certificate of {server.Host} is not trusted on the portal's machine, or is not for this name.", false),
            SmtpFailedRecipientException refused => ($"{server.Host} does not take mail for this recipient ({(int)refused.StatusCode}).", refused.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed),
            // The client goes on when a sign-in was refused, and the server refuses what comes then.
            SmtpException smtp when server.UserName is not null && (smtp.StatusCode == SmtpStatusCode.MustIssueStartTlsFirst || (int)smtp.StatusCode == 535) => ($"{server.Host} did not accept the user name and password.", false),
            SmtpException { StatusCode: SmtpStatusCode.MustIssueStartTlsFirst } => ($"{server.Host} wants encryption or a sign-in before it takes mail.", false),
            SmtpException { StatusCode: SmtpStatusCode.ClientNotPermitted } => ($"{server.Host} does not let the portal send mail.", false),
            SmtpException { StatusCode: SmtpStatusCode.GeneralFailure } when server.Encrypted => ($"{server.Host}:{server.Port} offers no encryption by STARTTLS, or broke off the connection.", false),
            SmtpException smtp => ($"{server.Host} refused the mail ({(int)smtp.StatusCode}).", false),
            _ => ($"The connection to {server.Host}:{server.Port} broke.", false),
        };
    }
}
