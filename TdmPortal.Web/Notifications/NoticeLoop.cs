using TdmPortal.Core.Errors;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Notifications;
using TdmPortal.Web.Jobs;

namespace TdmPortal.Web.Notifications;

/// <summary>
/// Keeps notices moving on this node: soon after one was written, and every few seconds besides, so that a lost message or
/// another node's end costs seconds and nothing else. Telling, mails and webhooks each go at their own pace, so that a slow
/// mail server holds up no bell.
/// </summary>
public sealed class NoticeLoop(NoticeTeller teller, MailSender mails, WebhookSender webhooks, ChangeFeed feed, TimeProvider time, ILogger<NoticeLoop> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnnounceInterval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromHours(1);
    private DateTimeOffset announcedAt;
    private DateTimeOffset forgotAt;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RunAsync("Notices cannot be told", TellAsync, stoppingToken),
        RunAsync("Mails cannot be sent", mails.SendDueAsync, stoppingToken),
        RunAsync("Webhooks cannot be called", webhooks.SendDueAsync, stoppingToken));

    private async Task<int> TellAsync(CancellationToken cancellation)
    {
        if (time.GetUtcNow() - announcedAt > AnnounceInterval)
        {
            await teller.AnnounceAsync(cancellation);
            announcedAt = time.GetUtcNow();
        }

        var told = await teller.TellAsync(cancellation);
        if (time.GetUtcNow() - forgotAt > ForgetInterval)
        {
            await teller.ForgetAsync(cancellation);
            forgotAt = time.GetUtcNow();
        }

        return told;
    }

    private async Task RunAsync(string failure, Func<CancellationToken, Task<int>> work, CancellationToken cancellation)
    {
        // The host starts nothing after this one until the first await.
        await Task.Yield();
        using var woken = new FeedSignal(feed, id => id == Notices.Changed);
        var failing = false;
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                var done = 0;
                try
                {
                    done = await work(cancellation);
                    failing = false;
                }
                catch (Exception fault) when (!cancellation.IsCancellationRequested)
                {
                    // The database is away, mostly: it is tried again, and what waits goes on waiting.
                    if (!failing)
                        log.LogWarning(fault is PortalException ? null : fault, "{Failure}: {Reason} It is tried again.", failure, fault.Message);
                    failing = true;
                }

                if (done == 0)
                    await woken.WaitAsync(Poll, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The portal stops.
        }
    }
}
