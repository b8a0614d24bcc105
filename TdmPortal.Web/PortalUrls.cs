namespace TdmPortal.Web;

/// <summary>Every address of the portal, one method a link: no page builds one by hand.</summary>
public static class PortalUrls
{
    public const string Home = "/";
    public const string SignIn = "/sign-in";
    public const string SignInTwoFactor = "/sign-in/two-factor";
    public const string SignInRecovery = "/sign-in/recovery-code";
    public const string SignOut = "/sign-out";
    public const string Welcome = "/welcome";
    public const string Account = "/account";
    public const string AccountPassword = "/account/password";
    public const string AccountTwoFactor = "/account/two-factor";
    public const string AccountNotifications = "/account/notifications";
    public const string Users = "/admin/users";
    public const string Teams = "/admin/teams";
    public const string Error = "/error";
    public const string NotFound = "/not-found";

    public static string SignInReturningTo(string pathAndQuery) =>
        pathAndQuery is "" or "/" ? SignIn : $"{SignIn}?returnUrl={Uri.EscapeDataString(pathAndQuery)}";

    /// <summary>The address of a one-time link that sets a password; <paramref name="origin"/> is scheme and host.</summary>
    public static string WelcomeLink(string origin, Guid user, string code) =>
        $"{origin.TrimEnd('/')}{Welcome}?user={user:N}&code={code}";

    public const string Notifications = "/notifications";
    public static string NotificationsOf(bool unread, string? kind)
    {
        var query = string.Join('&', new[] { unread ? "unread=true" : null, kind is null ? null : $"kind={Uri.EscapeDataString(kind)}" }.OfType<string>());
        return query.Length == 0 ? Notifications : $"{Notifications}?{query}";
    }

    /// <summary>Leads on to what a notice tells of, in its team.</summary>
    public static string Notification(Guid id) => $"/notifications/{id}";
    public const string NotificationSettings = "/admin/notifications";
    /// <summary>The secret address of a team's calendar; <paramref name="origin"/> is scheme and host.</summary>
    public static string Calendar(string origin, string address) => $"{origin.TrimEnd('/')}/calendar/{address}.ics";
    public static string TeamWebhooks(Guid id) => $"/teams/{id}/webhooks";
    public static string TeamWebhook(Guid team, Guid id) => $"/teams/{team}/webhooks/{id}";

    public const string Storage = "/admin/storage";
    public const string Audit = "/admin/audit";
    public const string AuditAnchors = "/api/v1/audit/anchors";
    public static string TeamAudit(Guid id) => $"/teams/{id}/audit";
    /// <summary>What the page shows, as a file; days are those of the zone.</summary>
    public static string AuditExport(string format, string zone, Web.Audit.AuditView view) => $"/api/v1/audit/export?format={format}&zone={Uri.EscapeDataString(zone)}{view.ToQueryString().Replace('?', '&')}";

    public static string Team(Guid id) => $"/teams/{id}";
    public static string UsersMatching(string search) => search.Length == 0 ? Users : $"{Users}?search={Uri.EscapeDataString(search)}";

    public static string TeamsMatching(string search) => search.Length == 0 ? Teams : $"{Teams}?search={Uri.EscapeDataString(search)}";

    public const string Schemas = "/schemas";
    public const string SchemaNew = "/schemas/new";
    /// <summary>The author's schema that was never saved.</summary>
    public const string SchemaDraft = "/schemas/draft";
    public static string Schema(Guid id) => $"/schemas/{id}";
    /// <summary>The designer at an entity and a view of it.</summary>
    public static string Schema(Guid? id, string? entity, string? view)
    {
        var query = string.Join('&', new[] { entity is null ? null : $"entity={Uri.EscapeDataString(entity)}", view is null ? null : $"view={view}" }.OfType<string>());
        return (id is null ? SchemaDraft : Schema(id.Value)) + (query.Length == 0 ? "" : "?" + query);
    }

    public static string SchemasMatching(string search, Data.Schemas.SchemaShelf shelf)
    {
        var which = shelf switch { Data.Schemas.SchemaShelf.Samples => "samples=true", Data.Schemas.SchemaShelf.Shared => "shared=true", _ => null };
        var query = string.Join('&', new[] { search.Length == 0 ? null : $"search={Uri.EscapeDataString(search)}", which }.OfType<string>());
        return query.Length == 0 ? Schemas : $"{Schemas}?{query}";
    }

    public static string SchemaFile(Guid id) => $"/schemas/{id}/file";
    /// <summary>The file with the team's overrides.</summary>
    public static string SchemaFileOfTeam(Guid id) => $"/schemas/{id}/file?overrides=true";
    public static string SchemaOverrides(Guid id) => $"/schemas/{id}/overrides";

    public const string Sources = "/sources";
    public static string Source(Guid id) => $"/sources/{id}";
    public const string Import = "/import";
    /// <summary>The wizard at a way in: <c>database</c>, <c>files</c>, <c>ddl</c>, <c>json-schema</c> or <c>text</c>.</summary>
    public static string ImportFrom(string way, Guid? source) => source is null ? $"{Import}?from={way}" : $"{Import}?from={way}&source={source}";
    public static string ImportOf(Guid id) => $"/import/{id}";
    /// <summary>Takes in one file, the request's body.</summary>
    public const string ImportUpload = "/api/v1/uploads";
    /// <summary>Masking of a source's rows.</summary>
    public static string MaskFrom(Guid source) => $"/masking?source={source}";

    public const string Datasets = "/datasets";
    public const string DatasetGenerate = "/datasets/generate";
    public static string DatasetGenerateFrom(Guid schema) => $"{DatasetGenerate}?schema={schema}";
    public static string Dataset(Guid id) => $"/datasets/{id}";
    public static string DatasetVersions(Guid id) => $"/datasets/{id}/versions";
    public static string DatasetVersionsMatching(Guid id, string search) => search.Length == 0 ? DatasetVersions(id) : $"{DatasetVersions(id)}?q={Uri.EscapeDataString(search)}";
    public static string DatasetCompare(Guid id, Web.Environments.CompareView view) => $"/datasets/{id}/compare{view.ToQueryString()}";
    /// <summary>The rows of an entity that differ, as a file.</summary>
    public static string DatasetDifferences(Guid id, int before, int after, string entity) => $"/api/v1/datasets/{id}/differences?before={before}&after={after}&entity={Uri.EscapeDataString(entity)}";
    /// <summary>All entities as a .zip unless the view names one.</summary>
    public static string DatasetExport(Guid id, string format, Web.Datasets.DatasetView view) =>
        $"/api/v1/datasets/{id}/export?format={format}{view.ToQueryString().Replace('?', '&')}";
    public static string DatasetFile(Guid id, int version, string name) => $"/api/v1/datasets/{id}/files/{Uri.EscapeDataString(name)}?v={version}";

    public const string PersonalData = "/personal-data";
    /// <summary>The report as a file: csv or json.</summary>
    public static string PersonalDataFile(string format, Web.PersonalData.PersonalDataView view) => $"/api/v1/personal-data?format={format}{view.ToQueryString().Replace('?', '&')}";

    public const string Quality = "/quality";
    public static string DatasetQuality(Guid id, Web.Quality.QualityView view) => $"/datasets/{id}/quality{view.ToQueryString()}";
    /// <summary>A report as a file: <c>html</c> or <c>json</c>.</summary>
    public static string DatasetQualityFile(Guid id, string format, Web.Quality.QualityView view) => $"/api/v1/datasets/{id}/quality?format={format}{view.ToQueryString().Replace('?', '&')}";
    /// <summary>A team's rules for a schema.</summary>
    public static string SchemaQuality(Guid id) => $"/schemas/{id}/quality";
    /// <summary>The saved rules as JSON.</summary>
    public static string SchemaQualityFile(Guid id) => $"/api/v1/schemas/{id}/quality";

    public const string Masking = "/masking";
    public static string MaskingMatching(string search) => search.Length == 0 ? Masking : $"{Masking}?search={Uri.EscapeDataString(search)}";
    /// <summary>A policy in its editor.</summary>
    public static string MaskingPolicy(Guid id) => $"/masking/{id}";
    /// <summary>The saved policy as JSON.</summary>
    public static string MaskingPolicyFile(Guid id, int version) => $"/api/v1/masking/{id}?version={version}";
    /// <summary>A run: its progress, then its proof.</summary>
    public static string MaskingRun(Guid id) => $"/masking/runs/{id}";

    public const string Refresh = "/refresh";
    public const string RefreshCalendar = "/refresh/calendar";
    public static string DatasetRefresh(Guid id) => $"/datasets/{id}/refresh";
    public static string DatasetRefreshRuns(Guid id) => $"/datasets/{id}/refresh/runs";
    /// <summary>The history opened at a run.</summary>
    public static string DatasetRefreshRun(Guid id, Guid run) => $"/datasets/{id}/refresh/runs?run={run}";

    public const string Reviews = "/reviews";
    public const string ReviewsDecided = "/reviews?decided=true";
    public static string Review(Guid id) => $"/reviews/{id}";

    public const string Scratch = "/scratch";

    public const string Jobs = "/jobs";
    public static string Job(Guid id) => $"/jobs/{id}";
    /// <summary>Watches a job that was just started; its dataset takes the page's place when it is ready.</summary>
    public static string JobThenDataset(Guid id) => $"/jobs/{id}?then=dataset";
}
