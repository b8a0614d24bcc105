using Microsoft.Extensions.DependencyInjection;

namespace TdmPortal.Data.Notifications;

/// <summary>What notices need, for the container. Sending mails and calling webhooks is the web project's.</summary>
public static class NotificationServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, NoticeOptions? options = null) => services
        .AddSingleton(options ?? new NoticeOptions())
        .AddSingleton<NoticeTeller>()
        .AddSingleton<NoticeInbox>()
        .AddSingleton<NoticeChoices>()
        .AddSingleton<MailServers>()
        .AddSingleton<MailQueue>()
        .AddSingleton<WebhookStore>()
        .AddSingleton<WebhookQueue>()
        .AddSingleton<WebhookHosts>()
        .AddSingleton<CalendarFeeds>();
}
