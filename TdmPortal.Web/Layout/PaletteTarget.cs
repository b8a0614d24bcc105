using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Layout;

/// <summary>Something that the command palette can go to.</summary>
public sealed record PaletteTarget(string Icon, string Text, string Kind, string Url)
{
    /// <summary>Pages and actions that the user may use and whose text has all words of the search.</summary>
    public static IEnumerable<PaletteTarget> Actions(PortalSession session, string search)
    {
        var words = search.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return All(session).Where(target => words.All(word => target.Text.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<PaletteTarget> All(PortalSession session)
    {
        yield return new("add_circle", "New schema", "Action", PortalUrls.SchemaNew);
        yield return new("bolt", "Generate a dataset", "Action", PortalUrls.DatasetGenerate);
        yield return new("input", "Import a database or files", "Action", PortalUrls.Import);
        yield return new("home", "Home", "Page", PortalUrls.Home);
        yield return new("account_tree", "Schemas", "Page", PortalUrls.Schemas);
        yield return new("input", "Sources", "Page", PortalUrls.Sources);
        yield return new("database", "Datasets", "Page", PortalUrls.Datasets);
        yield return new("monitoring", "Quality of all datasets", "Page", PortalUrls.Quality);
        yield return new("shield_person", "Personal data", "Page", PortalUrls.PersonalData);
        yield return new("event_repeat", "Refresh schedules", "Page", PortalUrls.Refresh);
        yield return new("calendar_month", "Refresh calendar", "Page", PortalUrls.RefreshCalendar);
        yield return new("science", "Scratch copies", "Page", PortalUrls.Scratch);
        yield return new("pending_actions", "Jobs", "Page", PortalUrls.Jobs);
        yield return new("rate_review", "Reviews", "Page", PortalUrls.Reviews);
        yield return new("notifications", "Notifications", "Page", PortalUrls.Notifications);
        if (session.Team is { } team)
        {
            yield return new("group", "Team members", "Page", PortalUrls.Team(team.TeamId));
            if (session.Actor.IsLead)
                yield return new("webhook", "Webhooks", "Page", PortalUrls.TeamWebhooks(team.TeamId));
        }

        if (session.Actor.IsAdmin)
        {
            yield return new("manage_accounts", "Users", "Administration", PortalUrls.Users);
            yield return new("groups", "Teams", "Administration", PortalUrls.Teams);
            yield return new("hard_drive", "Storage", "Administration", PortalUrls.Storage);
            yield return new("outgoing_mail", "Mail and webhooks", "Administration", PortalUrls.NotificationSettings);
            yield return new("policy", "Audit", "Administration", PortalUrls.Audit);
        }
        yield return new("tune", "Settings: time zone, theme", "Account", PortalUrls.Account);
        yield return new("tune", "What you are told: notifications, e-mail", "Account", PortalUrls.AccountNotifications);
        yield return new("password", "Change password", "Account", PortalUrls.AccountPassword);
        yield return new("shield_lock", "Two-step sign-in", "Account", PortalUrls.AccountTwoFactor);
    }
}
