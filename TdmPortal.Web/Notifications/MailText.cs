using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using TdmPortal.Data.Notifications;

namespace TdmPortal.Web.Notifications;

/// <summary>Puts a mail together: as text and as HTML, which says the same.</summary>
public static class MailText
{
    /// <summary>The caller disposes it. Its link leads through the notice, which knows the team to work in.</summary>
    public static MailMessage Of(QueuedMail mail, MailServer server) =>
        Make(mail.Id, server, mail.Address, mail.Title, mail.Team, mail.Text, server.PortalAddress + PortalUrls.Notification(mail.NoticeId));

    /// <summary>One that an administrator sends to see whether mails go out.</summary>
    public static MailMessage Test(Guid id, MailServer server, string address) =>
        Make(id, server, address, "A test from the TDM Portal", "TDM Portal", $"Mails go out through {server.Host}, and this one found its way to you.", server.PortalAddress);

    private static MailMessage Make(Guid id, MailServer server, string address, string title, string team, string text, string link)
    {
        var message = new MailMessage(new MailAddress(server.Sender), new MailAddress(address)) { Subject = OneLine($"[{team}] {title}"), SubjectEncoding = Encoding.UTF8 };
        message.Headers.Add("Message-ID", $"<{id:N}@{new Uri(server.PortalAddress).IdnHost}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        var why = $"You get this mail because your settings say so: {server.PortalAddress}{PortalUrls.AccountNotifications}";
        message.AlternateViews.Add(View($"{title}\r\n\r\n{(text.Length == 0 ? "" : text + "\r\n\r\n")}{link}\r\n\r\n-- \r\n{team}\r\n{why}\r\n", MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View($"""
            <!DOCTYPE html><html lang="en"><body style="margin:0;padding:24px;background:#f4f5fa;font:15px/1.5 'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1d2033">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
            <table role="presentation" width="560" cellpadding="0" cellspacing="0" style="max-width:560px;width:100%;background:#ffffff;border:1px solid #dfe2ee;border-radius:10px">
            <tr><td style="padding:28px 32px 8px"><div style="font-size:13px;color:#5b6078">{Html(team)}</div><h1 style="margin:4px 0 0;font-size:20px;line-height:1.3">{Html(title)}</h1></td></tr>
            <tr><td style="padding:8px 32px 24px">{(text.Length == 0 ? "" : $"<p style=\"margin:8px 0 16px;white-space:pre-line\">{Html(text)}</p>")}<a href="{Html(link)}" style="display:inline-block;margin-top:8px;padding:10px 18px;border-radius:8px;background:#4338ca;color:#ffffff;text-decoration:none;font-weight:600">Open in the portal</a></td></tr>
            <tr><td style="padding:16px 32px;border-top:1px solid #dfe2ee;font-size:12px;color:#5b6078">You get this mail because <a href="{Html(server.PortalAddress + PortalUrls.AccountNotifications)}" style="color:#4338ca">your settings</a> say so.</td></tr>
            </table></td></tr></table></body></html>
            """, MediaTypeNames.Text.Html));
        return message;
    }

    private static AlternateView View(string content, string type)
    {
        var view = AlternateView.CreateAlternateViewFromString(content.ReplaceLineEndings("\r\n"), Encoding.UTF8, type);
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }

    // A line break in a subject would begin another header.
    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n', '\0'], StringSplitOptions.RemoveEmptyEntries));

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
