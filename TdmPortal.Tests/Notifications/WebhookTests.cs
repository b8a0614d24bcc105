using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
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

/// <summary>Webhooks, with a real receiver on loopback.</summary>
public sealed class WebhookTests(DatasetPortal portal) : IClassFixture<DatasetPortal>, IAsyncLifetime
{
    private static readonly NoticeOptions Impatient = new() { Lease = TimeSpan.Zero, WebhookRetries = [TimeSpan.Zero, TimeSpan.Zero], WebhookTimeout = TimeSpan.FromSeconds(10) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Actor Admin => portal.Lead with { IsAdmin = true };

    private WebhookStore Hooks => portal.Get<WebhookStore>();

    public async ValueTask InitializeAsync()
    {
        await NoticePeople.JoinAsync(portal);
        await portal.ScalarAsync<int>("delete from portal.webhook; delete from portal.webhook_host");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Send_IsSignedAndSaysWhatHappened_ToThoseWhoAskedForTheKind()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await portal.Get<WebhookHosts>().AllowAsync(Admin, receiver.Address.Host, Cancellation);
        var (id, key) = await Hooks.CreateAsync(portal.Lead, Settings(receiver, NoticeKind.RefreshFailed), Cancellation);
        await Hooks.CreateAsync(portal.Lead, Settings(receiver, NoticeKind.ScheduleChanged), Cancellation);
        await Hooks.CreateAsync(portal.Lead, Settings(receiver, NoticeKind.RefreshFailed) with { Enabled = false }, Cancellation);
        await Hooks.CreateAsync(portal.Stranger, Settings(receiver, NoticeKind.RefreshFailed), Cancellation);
        var dataset = Guid.NewGuid();
        await NoticePeople.TellAsync(portal, new Notice(NoticeKind.RefreshFailed, portal.Lead.TeamId, "shop was not refreshed", "größer", "/datasets/7") { DatasetId = dataset });

        await SendAllAsync();

        var (path, headers, body) = Assert.Single(receiver.Calls);
        Assert.Equal("/hook", path);
        var signature = headers["X-Tdm-Signature"].Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{signature["t"]}.{body}"))), signature["v1"]);
        Assert.InRange(long.Parse(signature["t"], CultureInfo.InvariantCulture), TimeProvider.System.GetUtcNow().AddMinutes(-5).ToUnixTimeSeconds(), TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds());
        using var document = JsonDocument.Parse(body);
        Assert.Equal(("refresh_failed", "checkout", "shop was not refreshed", "größer", "/datasets/7", dataset), (document.RootElement.GetProperty("kind").GetString(), document.RootElement.GetProperty("team").GetProperty("key").GetString(),
            document.RootElement.GetProperty("title").GetString(), document.RootElement.GetProperty("text").GetString(), document.RootElement.GetProperty("link").GetString(), document.RootElement.GetProperty("datasetId").GetGuid()));
        Assert.Equal((headers["X-Tdm-Delivery"], "refresh_failed"), (document.RootElement.GetProperty("id").GetString(), headers["X-Tdm-Event"]));
        Assert.Equal(DeliveryState.Delivered, (await Hooks.ListAsync(portal.Lead, Cancellation)).Single(hook => hook.Id == id).LastState);
    }

    [Fact]
    public async Task Send_IsTriedAgain_GivenUp_AndReplayedUnderTheSameId()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await portal.Get<WebhookHosts>().AllowAsync(Admin, receiver.Address.Host, Cancellation);
        var (id, _) = await Hooks.CreateAsync(portal.Lead, Settings(receiver, NoticeKind.RefreshFailed), Cancellation);
        foreach (var answer in (int[])[500, 302, 404])
            receiver.Answers.Enqueue(answer);
        await NoticePeople.TellAsync(portal, new Notice(NoticeKind.RefreshFailed, portal.Lead.TeamId, "three times", "", "/"));

        await SendAllAsync();

        var failed = Assert.Single((await Hooks.LogAsync(portal.Lead, id, null, 10, Cancellation)).Items);
        Assert.Equal((DeliveryState.Failed, 3), (failed.State, failed.Attempts));
        Assert.Equal([500, 302, 404], failed.Tries.Select(one => one.Status!.Value));
        Assert.Contains("redirects are not followed", failed.Tries[1].Error, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody reads this", StoredLog(failed), StringComparison.Ordinal);
        Assert.All(receiver.Calls, call => Assert.Equal("/hook", call.Path));

        await Assert.ThrowsAsync<NotFoundException>(() => Hooks.ReplayAsync(portal.Stranger, failed.Id, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Hooks.ReplayAsync(portal.Tester, failed.Id, Cancellation));
        await Hooks.ReplayAsync(portal.Lead, failed.Id, Cancellation);
        await SendAllAsync();
        var delivered = Assert.Single((await Hooks.LogAsync(portal.Lead, id, null, 10, Cancellation)).Items);
        Assert.Equal((DeliveryState.Delivered, 4), (delivered.State, delivered.Tries.Count));
        Assert.Single(receiver.Calls.Select(call => call.Headers["X-Tdm-Delivery"]).Distinct(StringComparer.Ordinal));
        Assert.Single(receiver.Calls.Select(call => call.Body).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Send_WithAKeyThatIsLost_FailsAloneAndSaysWhatToDo()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await portal.Get<WebhookHosts>().AllowAsync(Admin, receiver.Address.Host, Cancellation);
        var (lost, _) = await Hooks.CreateAsync(portal.Lead, Settings(receiver, NoticeKind.RefreshFailed), Cancellation);
        await portal.ScalarAsync<int>("update portal.webhook set signing_key = '\\x00'");
        var (whole, _) = await Hooks.CreateAsync(portal.Lead, Settings(receiver, NoticeKind.RefreshFailed), Cancellation);
        await Hooks.TestAsync(portal.Lead, lost, Cancellation);
        await Hooks.TestAsync(portal.Lead, whole, Cancellation);

        await SendAllAsync();

        Assert.Single(receiver.Calls);
        Assert.Contains("renew it", Assert.Single((await Hooks.LogAsync(portal.Lead, lost, null, 10, Cancellation)).Items).Tries[0].Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://localhost:1/")]
    [InlineData("https://127.0.0.1:1/")]
    [InlineData("https://[::1]:1/")]
    [InlineData("https://[::ffff:127.0.0.1]:1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://0x7f.1:1/")]
    [Trait("Requirement", "D9")]
    public async Task Send_IntoPrivateRanges_IsRefusedWhenConnecting(string url)
    {
        var (id, _) = await Hooks.CreateAsync(portal.Lead, new WebhookSettings("inside", url, [NoticeKind.RefreshFailed], 60, true), Cancellation);
        await Hooks.TestAsync(portal.Lead, id, Cancellation);

        await SendAllAsync();

        var refused = Assert.Single((await Hooks.LogAsync(portal.Lead, id, null, 10, Cancellation)).Items);
        Assert.Equal(DeliveryState.Failed, refused.State);
        Assert.All(refused.Tries, one => Assert.Contains("private or reserved address range", one.Error, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Hosts_NoLongerAllowed_AreNotCalled()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await portal.Get<WebhookHosts>().AllowAsync(Admin, receiver.Address.Host, Cancellation);
        var (id, _) = await Hooks.CreateAsync(portal.Lead, Settings(receiver, NoticeKind.RefreshFailed), Cancellation);
        await Hooks.TestAsync(portal.Lead, id, Cancellation);
        await SendAllAsync();
        Assert.Single(receiver.Calls);

        await portal.Get<WebhookHosts>().ForbidAsync(Admin, Assert.Single(await portal.Get<WebhookHosts>().ListAsync(Admin, Cancellation)).Host, Cancellation);
        await Hooks.TestAsync(portal.Lead, id, Cancellation);
        await SendAllAsync();

        Assert.Single(receiver.Calls);
        await Assert.ThrowsAsync<ForbiddenException>(() => portal.Get<WebhookHosts>().AllowAsync(portal.Lead, "internal", Cancellation));
        Assert.Equal("webhook.bad_host", (await Assert.ThrowsAsync<PortalException>(() => portal.Get<WebhookHosts>().AllowAsync(Admin, "https://internal/", Cancellation))).Code);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Webhooks_AreTheLeads_AndTheirKeysNobodys()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await portal.Get<WebhookHosts>().AllowAsync(Admin, receiver.Address.Host, Cancellation);
        var (id, key) = await Hooks.CreateAsync(portal.Lead, Settings(receiver, NoticeKind.RefreshFailed), Cancellation);

        await Assert.ThrowsAsync<ForbiddenException>(() => Hooks.ListAsync(portal.Tester, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Hooks.CreateAsync(portal.Tester, Settings(receiver, NoticeKind.RefreshFailed), Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Hooks.LogAsync(portal.Stranger, id, null, 10, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Hooks.RemoveAsync(portal.Stranger, id, Cancellation));
        // The database says so too, whatever the application asks.
        Assert.Equal(0, await portal.Database.ReadAsync(portal.Tester, (context, token) => context.Set<StoredWebhook>().CountAsync(token), Cancellation));
        Assert.Equal(1, await portal.Database.ReadAsync(portal.Lead, (context, token) => context.Set<StoredWebhook>().CountAsync(token), Cancellation));
        await Assert.ThrowsAnyAsync<Exception>(() => portal.Database.ReadAsync(portal.Lead, (context, token) => context.Set<StoredWebhook>().Select(hook => hook.SigningKey).ToListAsync(token), Cancellation));
        Assert.DoesNotContain(key, Encoding.Latin1.GetString((await portal.ScalarAsync<byte[]>("select signing_key from portal.webhook"))!), StringComparison.Ordinal);
        Assert.Equal(0, await portal.ScalarAsync<long>($"select count(*) from portal.audit_record where coalesce(after::text, '') || coalesce(details::text, '') like '%{key}%'"));

        // A new key signs what goes out from then on.
        var renewed = await Hooks.RotateAsync(portal.Lead, id, Cancellation);
        Assert.NotEqual(key, renewed);
        await Hooks.TestAsync(portal.Lead, id, Cancellation);
        await SendAllAsync();
        var call = Assert.Single(receiver.Calls);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(call.Headers["X-Tdm-Signature"].Split(',')[0][2..], CultureInfo.InvariantCulture));
        Assert.Equal(WebhookSignature.Make(renewed, at, call.Body), call.Headers["X-Tdm-Signature"]);

        await Hooks.ChangeAsync(portal.Lead, id, Settings(receiver, NoticeKind.RefreshComingUp) with { Name = "renamed", MinutesBefore = 240 }, Cancellation);
        Assert.Equal(("renamed", 240), Assert.Single(await Hooks.ListAsync(portal.Lead, Cancellation)) is var found ? (found.Name, found.MinutesBefore) : default);
        await Hooks.RemoveAsync(portal.Lead, id, Cancellation);
        Assert.Equal(0, await portal.ScalarAsync<long>("select count(*) from portal.webhook_delivery"));
    }

    [Theory]
    [InlineData("", "https://ci.example.com/", "1 to 60 characters")]
    [InlineData("ci", "ci.example.com/hook", "no address that can be called")]
    [InlineData("ci", "ftp://ci.example.com/", "no address that can be called")]
    [InlineData("ci", "https://user:password@ci.example.com/", "user name or password")]
    [InlineData("ci", "http://ci.example.com/", "Without https")]
    public async Task Create_WhatCannotWork_IsRefused(string name, string url, string why)
    {
        var problem = await Assert.ThrowsAsync<PortalException>(() => Hooks.CreateAsync(portal.Lead, new WebhookSettings(name, url, [NoticeKind.RefreshFailed], 60, true), Cancellation));

        Assert.Equal("webhook.bad_settings", problem.Code);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        Assert.NotEmpty(problem.SuggestedActions);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("1.1.1.1", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("2002:808:808::1", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.19.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("ff02::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [Trait("Requirement", "D9")]
    public void PublicAddress_KnowsTheClosedRanges(string address, bool open) => Assert.Equal(open, PublicAddress.Is(IPAddress.Parse(address)));

    private static WebhookSettings Settings(HttpReceiver receiver, NoticeKind kind) => new("CI", new Uri(receiver.Address, "/hook").AbsoluteUri, [kind], 60, true);

    private static string StoredLog(WebhookDelivery delivery) => string.Join('\n', delivery.Tries.Select(one => one.Error));

    private async Task SendAllAsync()
    {
        using var sender = new WebhookSender(new WebhookQueue(portal.Database, portal.Get<IDataProtectionProvider>(), Impatient), Impatient, TimeProvider.System, NullLogger<WebhookSender>.Instance);
        while (await sender.SendDueAsync(Cancellation) > 0)
        {
            // Until nothing is due.
        }
    }
}
