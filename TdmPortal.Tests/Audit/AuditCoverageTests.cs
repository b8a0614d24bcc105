using System.Text.RegularExpressions;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Audit;

/// <summary>
/// Changes without a record are impossible but by three names; who uses these is listed here, so that a new use is a
/// decision and no oversight.
/// </summary>
public sealed partial class AuditCoverageTests
{
    [Theory]
    [Trait("Requirement", "D9")]
    // The portal's own bookkeeping.
    [InlineData("Maintain(?:AsProvisioner)?Async\\(", "AuditAnchors JobQueue MailQueue MaskingBench NewVersions NoticeTeller PersonalDataLook Publisher RefreshBuilds RefreshQueue RefreshWork RetentionStore RunSteps ScratchSweeper StorageStore UploadPlaces VersionSweeper ViewSweeper WebhookQueue")]
    // Work that may find nothing to do, or changes what counts for nothing.
    [InlineData("\\.NothingOwed\\(", "Accounts ArchiveWork AuthenticatorPage ImportStore NoticeInbox RefreshQueue RefreshWork RetentionStore SchemaStore SignInRecords VersionSweeper WorkPauses")]
    // Contexts and connections beside PortalDatabase: Identity's stores (which save within RecordingAsync only) and the key ring.
    [InlineData("CreateSystemContext\\(|OpenSystemConnection\\(|new PortalContext\\(", "KeyRing PortalDataRegistration")]
    public void WaysWithoutARecord_AreUsedByTheKnown(string way, string known)
    {
        var used = new[] { "TdmPortal.Data", "TdmPortal.Web" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !Generated().IsMatch(file) && Path.GetFileName(file) is not ("PortalDatabase.cs" or "AuditTrail.cs"))
            .Where(file => Regex.IsMatch(File.ReadAllText(file), way, RegexOptions.None, TimeSpan.FromSeconds(5)))
            .Select(file => Path.GetFileName(file).Split('.')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

        Assert.Subset(known.Split(' ').ToHashSet(StringComparer.Ordinal), used.ToHashSet(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"[\\/](?:bin|obj)[\\/]", RegexOptions.None, 1000)]
    private static partial Regex Generated();
}
