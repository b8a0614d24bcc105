using System.Reflection;

namespace TdmPortal.Data.Audit;

/// <summary>What was done. The codes are stable: filters, exports and other programs rely on them.</summary>
/// <param name="Code">Area and verb, as <c>schema.saved</c>.</param>
/// <param name="Title">For people.</param>
public sealed record AuditAction(string Code, string Title)
{
    // Coming in.
    public static readonly AuditAction SignedIn = new("auth.signed_in", "Signed in");
    public static readonly AuditAction SignInFailed = new("auth.sign_in_failed", "Sign-in failed");
    public static readonly AuditAction SignedOut = new("auth.signed_out", "Signed out");
    public static readonly AuditAction LockedOut = new("auth.locked_out", "Account locked");
    public static readonly AuditAction Refused = new("auth.failed", "Refused: not allowed");
    public static readonly AuditAction TeamSwitched = new("auth.team_switched", "Switched team");

    // Accounts.
    public static readonly AuditAction AccountInvited = new("account.invited", "Account invited");
    public static readonly AuditAction AccountReset = new("account.reset", "Account reset");
    public static readonly AuditAction AccountDisabled = new("account.disabled", "Account disabled");
    public static readonly AuditAction AccountEnabled = new("account.enabled", "Account enabled");
    public static readonly AuditAction AccountRole = new("account.role_changed", "Administrator's role changed");
    public static readonly AuditAction AccountChanged = new("account.changed", "Account's settings changed");
    public static readonly AuditAction PasswordSet = new("account.password_set", "Password set");
    public static readonly AuditAction PasswordRefused = new("account.password_refused", "Password not changed");
    public static readonly AuditAction TwoFactorOn = new("account.two_factor_on", "Two-step sign-in turned on");
    public static readonly AuditAction TwoFactorOff = new("account.two_factor_off", "Two-step sign-in turned off");
    public static readonly AuditAction RecoveryCodesMade = new("account.recovery_codes_made", "Recovery codes made");

    // Teams.
    public static readonly AuditAction TeamCreated = new("team.created", "Team made");
    public static readonly AuditAction TeamChanged = new("team.changed", "Team's settings changed");
    public static readonly AuditAction TeamQuotaSet = new("team.quota_set", "Team's quota set");
    public static readonly AuditAction MemberAdded = new("team.member_added", "Member added");
    public static readonly AuditAction MemberRole = new("team.member_role_changed", "Member's role changed");
    public static readonly AuditAction MemberRemoved = new("team.member_removed", "Member removed");
    public static readonly AuditAction LoginShown = new("login.shown", "Connection details looked at");
    public static readonly AuditAction LoginMade = new("login.made", "Database login made");
    public static readonly AuditAction LoginRotated = new("login.rotated", "Database login's password rotated");
    public static readonly AuditAction SessionsEnded = new("login.sessions_ended", "Database sessions ended");

    // Schemas.
    public static readonly AuditAction SchemaCreated = new("schema.created", "Schema made");
    public static readonly AuditAction SchemaSaved = new("schema.saved", "Schema saved");
    public static readonly AuditAction SchemaDeleted = new("schema.deleted", "Schema deleted");
    public static readonly AuditAction SchemaUndeleted = new("schema.undeleted", "Schema brought back");
    public static readonly AuditAction SchemaShared = new("schema.shared", "Schema shared with all teams");
    public static readonly AuditAction SchemaUnshared = new("schema.unshared", "Schema no longer shared");
    public static readonly AuditAction SchemaOverridden = new("schema.overridden", "Override set");
    public static readonly AuditAction SchemaOverrideRemoved = new("schema.override_removed", "Override removed");
    public static readonly AuditAction SamplesPublished = new("schema.samples_published", "Samples put in");

    // Reviews.
    public static readonly AuditAction ReviewProposed = new("review.proposed", "Change proposed");
    public static readonly AuditAction ReviewApproved = new("review.approved", "Proposal approved");
    public static readonly AuditAction ReviewDeclined = new("review.declined", "Proposal declined");
    public static readonly AuditAction ReviewWithdrawn = new("review.withdrawn", "Proposal withdrawn");

    // Datasets and their versions.
    public static readonly AuditAction RowsViewed = new("dataset.viewed", "Rows looked at");
    public static readonly AuditAction RowsSearched = new("dataset.searched", "Rows searched for a value");
    public static readonly AuditAction RowsDownloaded = new("dataset.downloaded", "Rows downloaded");
    public static readonly AuditAction DatasetDeleted = new("dataset.deleted", "Dataset deleted");
    public static readonly AuditAction DatasetForgotten = new("dataset.removed", "Deleted dataset removed");
    public static readonly AuditAction VersionMade = new("version.made", "Version made");
    public static readonly AuditAction VersionPublished = new("version.published", "Version made live");
    public static readonly AuditAction VersionRolledBack = new("version.rolled_back", "Rolled back to a version");
    public static readonly AuditAction VersionDescribed = new("version.described", "Note or tags changed");
    public static readonly AuditAction VersionPinned = new("version.pinned", "Version pinned");
    public static readonly AuditAction PinReleased = new("version.pin_released", "Pin released");
    public static readonly AuditAction VersionDeleted = new("version.deleted", "Version deleted");
    public static readonly AuditAction VersionDropped = new("version.dropped", "Version's tables dropped");
    public static readonly AuditAction VersionsCompared = new("version.compared", "Versions compared");

    // Refreshes.
    public static readonly AuditAction RefreshScheduled = new("refresh.scheduled", "Refresh scheduled");
    public static readonly AuditAction RefreshChanged = new("refresh.changed", "Refresh schedule changed");
    public static readonly AuditAction RefreshPaused = new("refresh.paused", "Refresh schedule paused");
    public static readonly AuditAction RefreshResumed = new("refresh.resumed", "Refresh schedule resumed");
    public static readonly AuditAction RefreshSkipped = new("refresh.skipped", "Next refresh left out");
    public static readonly AuditAction RefreshUnskipped = new("refresh.unskipped", "Refresh no longer left out");
    public static readonly AuditAction RefreshRemoved = new("refresh.removed", "Refresh schedule removed");
    public static readonly AuditAction RefreshAsked = new("refresh.asked", "Refresh started by hand");
    public static readonly AuditAction RefreshCancelled = new("refresh.cancelled", "Refresh cancelled");
    public static readonly AuditAction RefreshStarted = new("refresh.started", "Refresh started");
    public static readonly AuditAction RefreshFailed = new("refresh.failed", "Refresh failed");
    public static readonly AuditAction RefreshMissed = new("refresh.missed", "Planned refreshes left out");

    // Scratch copies.
    public static readonly AuditAction ScratchMade = new("scratch.made", "Scratch copy made");
    public static readonly AuditAction ScratchReset = new("scratch.reset", "Scratch copy reset");
    public static readonly AuditAction ScratchChanged = new("scratch.changed", "Scratch copy's limits changed");
    public static readonly AuditAction ScratchRotated = new("scratch.rotated", "Scratch copy's password rotated");
    public static readonly AuditAction ScratchFilled = new("scratch.filled", "Scratch copy filled");
    public static readonly AuditAction ScratchClosed = new("scratch.closed", "Scratch copy closed: over its quota");
    public static readonly AuditAction ScratchEnded = new("scratch.ended", "Scratch copy ended");
    public static readonly AuditAction ScratchDropped = new("scratch.dropped", "Scratch copy dropped");
    public static readonly AuditAction VersionArchived = new("version.archived", "Version archived");
    public static readonly AuditAction ArchiveDeleted = new("version.archive_deleted", "Archive deleted");
    public static readonly AuditAction RetentionSet = new("dataset.retention_set", "Retention changed");

    // Long work.
    public static readonly AuditAction JobQueued = new("job.queued", "Job asked for");
    public static readonly AuditAction JobStarted = new("job.started", "Job started");
    public static readonly AuditAction JobCompleted = new("job.completed", "Job completed");
    public static readonly AuditAction JobFailed = new("job.failed", "Job failed");
    public static readonly AuditAction JobCancelAsked = new("job.cancel_asked", "Job's cancelling asked for");
    public static readonly AuditAction JobCancelled = new("job.cancelled", "Job cancelled");
    public static readonly AuditAction JobReleased = new("job.given_back", "Job given back");
    public static readonly AuditAction WorkPaused = new("storage.work_paused", "Long work paused");
    public static readonly AuditAction WorkResumed = new("storage.work_resumed", "Long work goes on");
    public static readonly AuditAction OrphanRemoved = new("storage.orphan_removed", "Orphan removed");

    // Quality.
    public static readonly AuditAction QualityAsked = new("quality.asked", "Quality report asked for");
    public static readonly AuditAction ReportDownloaded = new("quality.downloaded", "Quality report downloaded");
    public static readonly AuditAction QualityRulesSaved = new("quality.rules_saved", "Quality rules saved");
    public static readonly AuditAction FindingAccepted = new("quality.finding_accepted", "Finding accepted as known");
    public static readonly AuditAction FindingTakenBack = new("quality.finding_taken_back", "Accepted finding taken back");

    // Masking.
    public static readonly AuditAction MaskingKeyMade = new("masking.key_made", "Masking key made");
    public static readonly AuditAction MaskingKeyRotated = new("masking.key_rotated", "Masking key renewed");
    public static readonly AuditAction PolicyMade = new("masking.policy_made", "Masking policy made");
    public static readonly AuditAction PolicySaved = new("masking.policy_saved", "Masking policy saved");
    public static readonly AuditAction PolicyRemoved = new("masking.policy_removed", "Masking policy removed");
    public static readonly AuditAction MaskingViewed = new("masking.viewed", "Source read for a policy");
    public static readonly AuditAction OriginalsShown = new("masking.originals_shown", "Originals of a column shown");
    public static readonly AuditAction TokenRevealed = new("masking.token_revealed", "Token turned back");
    public static readonly AuditAction MaskingStopped = new("masking.stopped", "Masking stopped");

    // Personal data.
    public static readonly AuditAction PersonalSignedOff = new("personal.signed_off", "Personal column signed off");
    public static readonly AuditAction PersonalSignOffWithdrawn = new("personal.sign_off_withdrawn", "Sign-off of a personal column withdrawn");
    public static readonly AuditAction PersonalClassified = new("personal.classified", "Columns said to be personal or not");
    public static readonly AuditAction PersonalReportDownloaded = new("personal.report_downloaded", "Report of personal data downloaded");

    // Notifications.
    public static readonly AuditAction NoticesChosen = new("notices.chosen", "Choices of notices changed");
    public static readonly AuditAction MailServerSet = new("notices.mail_server_set", "Mail server set");
    public static readonly AuditAction MailServerRemoved = new("notices.mail_server_removed", "Mail server removed");
    public static readonly AuditAction MailTested = new("notices.mail_tested", "Test mail sent");
    public static readonly AuditAction WebhookMade = new("webhook.made", "Webhook made");
    public static readonly AuditAction WebhookChanged = new("webhook.changed", "Webhook changed");
    public static readonly AuditAction WebhookRotated = new("webhook.rotated", "Webhook's signing key renewed");
    public static readonly AuditAction WebhookRemoved = new("webhook.removed", "Webhook removed");
    public static readonly AuditAction WebhookTested = new("webhook.tested", "Webhook tested");
    public static readonly AuditAction WebhookReplayed = new("webhook.replayed", "Delivery replayed");
    public static readonly AuditAction WebhookHostAllowed = new("webhook.host_allowed", "Webhook host allowed");
    public static readonly AuditAction WebhookHostForbidden = new("webhook.host_forbidden", "Webhook host no longer allowed");
    public static readonly AuditAction CalendarMade = new("calendar.made", "Calendar address made");
    public static readonly AuditAction CalendarRenewed = new("calendar.renewed", "Calendar address renewed");
    public static readonly AuditAction CalendarRemoved = new("calendar.removed", "Calendar address removed");

    // Sources and imports.
    public static readonly AuditAction SourceMade = new("source.made", "Source made");
    public static readonly AuditAction SourceChanged = new("source.changed", "Source changed");
    public static readonly AuditAction SourceRemoved = new("source.removed", "Source removed");
    public static readonly AuditAction SourceTested = new("source.tested", "Connection tested");
    public static readonly AuditAction SourceLookedAt = new("source.looked_at", "Source's structure looked at");
    public static readonly AuditAction SourceOpened = new("source.opened", "Source's rows opened");
    public static readonly AuditAction SourceHostAllowed = new("source.host_allowed", "Source host allowed");
    public static readonly AuditAction SourceHostForbidden = new("source.host_forbidden", "Source host no longer allowed");
    public static readonly AuditAction FileUploaded = new("import.file_uploaded", "File uploaded");
    public static readonly AuditAction ImportStarted = new("import.started", "Import started");
    public static readonly AuditAction ImportProposed = new("import.proposed", "Import's schema proposed");
    public static readonly AuditAction ImportSaved = new("import.saved", "Import saved as a schema");
    public static readonly AuditAction ImportDiscarded = new("import.discarded", "Import discarded");

    // The audit itself.
    public static readonly AuditAction AuditExported = new("audit.exported", "Audit exported");
    public static readonly AuditAction AuditChecked = new("audit.checked", "Audit checked");
    public static readonly AuditAction AnchorsExported = new("audit.anchors_exported", "Anchors exported");

    /// <summary>All, in the order above.</summary>
    public static IReadOnlyList<AuditAction> All { get; } =
        [.. typeof(AuditAction).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(AuditAction)).Select(field => (AuditAction)field.GetValue(null)!)];

    /// <summary>What people call it; the code itself where a later portal wrote it.</summary>
    public static string TitleOf(string code) => All.FirstOrDefault(action => action.Code == code)?.Title ?? code;

    public override string ToString() => Code;
}
