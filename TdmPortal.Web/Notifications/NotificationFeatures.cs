using TdmPortal.Data.Notifications;

namespace TdmPortal.Web.Notifications;

/// <summary>Notices, mails and webhooks for the portal.</summary>
public static class NotificationFeatures
{
    public static IServiceCollection AddNotificationDelivery(this IServiceCollection services) => services
        .AddNotifications()
        .AddSingleton<MailSender>()
        .AddSingleton<WebhookSender>()
        .AddHostedService<NoticeLoop>();
}
