using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TdmPortal.Data.Notifications;

internal sealed class NotificationTables : IEntityTypeConfiguration<StoredNotice>, IEntityTypeConfiguration<InboxNotice>, IEntityTypeConfiguration<StoredNoticeChoice>,
    IEntityTypeConfiguration<StoredMailServer>, IEntityTypeConfiguration<StoredNoticeEmail>, IEntityTypeConfiguration<StoredWebhook>, IEntityTypeConfiguration<StoredWebhookDelivery>,
    IEntityTypeConfiguration<StoredWebhookHost>, IEntityTypeConfiguration<StoredCalendarFeed>
{
    public void Configure(EntityTypeBuilder<StoredNotice> builder) => builder.ToTable("notice");

    public void Configure(EntityTypeBuilder<InboxNotice> builder) => builder.ToTable("inbox_notice").HasKey(own => new { own.UserId, own.NoticeId });

    public void Configure(EntityTypeBuilder<StoredNoticeChoice> builder) => builder.ToTable("notice_choice");

    public void Configure(EntityTypeBuilder<StoredMailServer> builder) => builder.ToTable("mail_server").HasKey(server => server.OnlyOne);

    public void Configure(EntityTypeBuilder<StoredNoticeEmail> builder) => builder.ToTable("notice_email");

    public void Configure(EntityTypeBuilder<StoredWebhook> builder) => builder.ToTable("webhook");

    public void Configure(EntityTypeBuilder<StoredWebhookDelivery> builder)
    {
        builder.ToTable("webhook_delivery");
        builder.Property(delivery => delivery.Body).HasColumnType("json");
        builder.Property(delivery => delivery.Tries).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<StoredWebhookHost> builder) => builder.ToTable("webhook_host").HasKey(allowed => allowed.Host);

    public void Configure(EntityTypeBuilder<StoredCalendarFeed> builder) => builder.ToTable("calendar_feed").HasKey(feed => feed.TeamId);
}
