using System.Net.Mail;
using Microsoft.Extensions.Logging.Abstractions;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Notifications;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Testing;
using TdmPortal.Web.Notifications;
using Xunit;

namespace TdmPortal.Tests.Notifications;

/// <summary>Mails, through a real mail server on loopback.</summary>
public sealed class MailTests(DatasetPortal portal) : IClassFixture<DatasetPortal>, IAsyncLifetime
{
    private static readonly NoticeOptions Impatient = new() { Lease = TimeSpan.Zero, MailRetries = [TimeSpan.Zero, TimeSpan.Zero] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Actor Admin => portal.Lead with { IsAdmin = true };

    private MailServers Servers => portal.Get<MailServers>();

    public async ValueTask InitializeAsync() => await NoticePeople.JoinAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Send_AFailure_ReachesEveryMemberOnceAsTextAndHtml()
    {
        await using var sink = SmtpSink.Start();
        sink.Password = "open sesame";
        await Servers.SetAsync(Admin, Server(sink) with { UserName = "tdm" }, "open sesame", Cancellation);
        await NoticePeople.TellAsync(portal, new Notice(NoticeKind.RefreshFailed, portal.Lead.TeamId, "shop was <b>not</b> refreshed – größer", "The gate found 3 orphans.\nThe live version is as it was.", "/datasets/7"));

        await SendAllAsync(Sender());
        await SendAllAsync(Sender());

        Assert.Equal(["lena@example.com", "tina@example.com", "tom@example.com"], sink.Mails.Select(mail => mail.To).Order(StringComparer.Ordinal));
        var mail = Decoded(sink.Mails.First().Content);
        Assert.Contains("From: \"Test data\" <tdm@example.com>", mail, StringComparison.Ordinal);
        Assert.Contains("Message-ID: <", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("text/plain", mail, StringComparison.Ordinal);
        Assert.Contains("text/html", mail, StringComparison.Ordinal);
        Assert.True(mail.IndexOf("text/plain", StringComparison.Ordinal) < mail.IndexOf("text/html", StringComparison.Ordinal));
        Assert.Contains($"https://tdm.example.com/notifications/{await portal.ScalarAsync<Guid>("select id from portal.notice")}", mail, StringComparison.Ordinal);
        Assert.Contains("shop was &lt;b&gt;not&lt;/b&gt; refreshed", mail, StringComparison.Ordinal);
        Assert.Contains("The gate found 3 orphans.", mail, StringComparison.Ordinal);
        Assert.All(sink.SignIns, given => Assert.Equal(("tdm", "open sesame"), given));
        Assert.Equal((0, 3), ((await Servers.TrafficAsync(Admin, Cancellation)).Waiting, (await Servers.TrafficAsync(Admin, Cancellation)).SentToday));
    }

    [Fact]
    public async Task Send_WhenTheConnectionBreaksAfterTheMail_SendsItAgainUnderTheSameId()
    {
        await using var sink = SmtpSink.Start();
        sink.BreakAfterData = 1;
        await Servers.SetAsync(Admin, Server(sink), null, Cancellation);
        await NoticePeople.TellAsync(portal, new Notice(NoticeKind.RefreshFailed, portal.Lead.TeamId, "once or twice", "", "/") { PersonId = portal.Tester.UserId });

        await SendAllAsync(Sender());

        var ids = sink.Mails.Select(mail => mail.Content.Split("\r\n").Single(line => line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase))).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Send_ANodeThatDiesWithAMailInHand_LeavesItToTheNext()
    {
        await using var sink = SmtpSink.Start();
        await Servers.SetAsync(Admin, Server(sink), null, Cancellation);
        await NoticePeople.TellAsync(portal, new Notice(NoticeKind.RefreshFailed, portal.Lead.TeamId, "in hand", "", "/") { PersonId = portal.Tester.UserId });
        Assert.Single(await new MailQueue(portal.Database, Impatient).TakeAsync(10, Cancellation));
        // Within its lease nobody else takes a mail.
        Assert.Single(await new MailQueue(portal.Database, new NoticeOptions()).TakeAsync(10, Cancellation));
        Assert.Empty(await new MailQueue(portal.Database, new NoticeOptions()).TakeAsync(10, Cancellation));
        await portal.ScalarAsync<int>("update portal.notice_email set next_at = now() where state = 'waiting'");

        await SendAllAsync(Sender());

        Assert.Single(sink.Mails);
    }

    [Fact]
    public async Task Send_UnknownMailboxOrDeadServer_GivesUpAndSaysWhy()
    {
        await using var sink = SmtpSink.Start();
        sink.Unknown = "tom@example.com";
        await Servers.SetAsync(Admin, Server(sink), null, Cancellation);
        await NoticePeople.TellAsync(portal, new Notice(NoticeKind.RefreshFailed, portal.Lead.TeamId, "nobody there", "", "/") { PersonId = portal.Tester.UserId });
        await SendAllAsync(Sender());
        var refused = Assert.Single((await Servers.TrafficAsync(Admin, Cancellation)).Failures, failure => failure.Title == "nobody there");
        Assert.Equal((1, true), (refused.Attempts, refused.NextAt is null));
        Assert.Contains("does not take mail for this recipient (550)", refused.Error, StringComparison.Ordinal);

        await Servers.SetAsync(Admin, Server(sink) with { Port = 1 }, null, Cancellation);
        await NoticePeople.TellAsync(portal, new Notice(NoticeKind.RefreshFailed, portal.Lead.TeamId, "nothing listens", "", "/") { PersonId = portal.Tester.UserId });
        await SendAllAsync(Sender());
        var dead = Assert.Single((await Servers.TrafficAsync(Admin, Cancellation)).Failures, failure => failure.Title == "nothing listens");
        Assert.Equal((3, true), (dead.Attempts, dead.NextAt is null));
        Assert.Contains("refused the connection", dead.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "offers no encryption")]
    [InlineData(true, "certificate")]
    public async Task Test_EncryptionThatIsNotThere_IsRefusedBeforeAnythingIsSent(bool startTls, string why)
    {
        await using var sink = SmtpSink.Start(startTls);
        await Servers.SetAsync(Admin, Server(sink) with { Encrypted = true, UserName = "tdm" }, "open sesame", Cancellation);

        var problem = await Assert.ThrowsAsync<PortalException>(() => Sender().TestAsync(Admin, Cancellation));

        Assert.Equal("mail.not_sent", problem.Code);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        Assert.Empty(sink.SignIns);
        Assert.Empty(sink.Mails);
    }

    [Fact]
    public async Task Test_AnswersClearly_AndOnlyToAdministrators()
    {
        await using var sink = SmtpSink.Start();
        sink.Password = "right";
        await Servers.SetAsync(Admin, Server(sink) with { UserName = "tdm" }, "wrong", Cancellation);
        var refused = await Assert.ThrowsAsync<PortalException>(() => Sender().TestAsync(Admin, Cancellation));
        Assert.Contains("did not accept the user name and password", refused.Message, StringComparison.Ordinal);

        // Unchanged fields keep the password; another host does not get it.
        await Servers.SetAsync(Admin, Server(sink) with { UserName = "tdm" }, "right", Cancellation);
        await Servers.SetAsync(Admin, Server(sink) with { UserName = "tdm", Sender = "other@example.com" }, null, Cancellation);
        Assert.Equal("lena@example.com", await Sender().TestAsync(Admin, Cancellation));
        Assert.Single(sink.Mails);
        await Servers.SetAsync(Admin, Server(sink) with { Host = "localhost", UserName = "tdm" }, null, Cancellation);
        Assert.False((await Servers.FindAsync(Admin, Cancellation))!.HasPassword);

        await Assert.ThrowsAsync<ForbiddenException>(() => Sender().TestAsync(portal.Lead, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Servers.SetAsync(portal.Lead, Server(sink), null, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Servers.FindAsync(portal.Lead, Cancellation));
        await Servers.RemoveAsync(Admin, Cancellation);
        Assert.Equal("mail.no_server", (await Assert.ThrowsAsync<PortalException>(() => Sender().TestAsync(Admin, Cancellation))).Code);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Password_IsKeptProtected_AndStandsInNoRecord()
    {
        await using var sink = SmtpSink.Start();
        await Servers.SetAsync(Admin, Server(sink) with { UserName = "tdm" }, "never seen again", Cancellation);

        var kept = await portal.ScalarAsync<byte[]>("select password from portal.mail_server");
        Assert.DoesNotContain("never seen again", System.Text.Encoding.Latin1.GetString(kept!), StringComparison.Ordinal);
        Assert.Equal(0, await portal.ScalarAsync<long>("select count(*) from portal.audit_record where after::text || coalesce(details::text, '') like '%never seen%'"));
        Assert.True(await portal.ScalarAsync<long>("select count(*) from portal.audit_record where action = 'notices.mail_server_set'") > 0);
    }

    [Theory]
    [InlineData("mail server", 25, "tdm@example.com", "https://tdm.example.com", "no host name")]
    [InlineData("mail.example.com", 0, "tdm@example.com", "https://tdm.example.com", "no port")]
    [InlineData("mail.example.com", 25, "tdm", "https://tdm.example.com", "no e-mail address")]
    [InlineData("mail.example.com", 25, "tdm@example.com\r\nBcc: all@example.com", "https://tdm.example.com", "no e-mail address")]
    [InlineData("mail.example.com", 25, "tdm@example.com", "javascript:alert(1)", "no address of the portal")]
    [InlineData("mail.example.com", 25, "tdm@example.com", "https://tdm.example.com", "Without encryption the password")]
    public async Task Set_WhatCannotWork_IsRefused(string host, int port, string sender, string address, string why)
    {
        var problem = await Assert.ThrowsAsync<PortalException>(() => Servers.SetAsync(Admin, new MailServer(host, port, false, "tdm", sender, address), "x", Cancellation));

        Assert.Equal("mail.bad_settings", problem.Code);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        Assert.NotEmpty(problem.SuggestedActions);
    }

    [Fact]
    public void Of_ATitleWithALineBreak_IsOneHeader()
    {
        using MailMessage message = MailText.Of(new QueuedMail(Guid.NewGuid(), Guid.NewGuid(), 1, "a@example.com", "Team", "one\r\nBcc: b@example.com", ""), new MailServer("mail.example.com", 25, true, null, "tdm@example.com", "https://tdm.example.com"));

        Assert.Equal("[Team] one Bcc: b@example.com", message.Subject);
    }

    private static MailServer Server(SmtpSink sink) => new("127.0.0.1", sink.Port, false, null, "Test data <tdm@example.com>", "https://tdm.example.com/start");

    private MailSender Sender() => new(new MailQueue(portal.Database, Impatient), Servers, Impatient, TimeProvider.System, NullLogger<MailSender>.Instance);

    private static async Task SendAllAsync(MailSender sender)
    {
        while (await sender.SendDueAsync(Cancellation) > 0)
        {
            // Until nothing is due.
        }
    }

    /// <summary>Without the soft line ends of quoted-printable.</summary>
    private static string Decoded(string content) => content.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
}
