using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Retention;

/// <summary>Which versions of a dataset are kept. One that any of these keeps stays; so do the live one, pinned ones and those with a scratch copy.</summary>
/// <param name="KeepVersions">So many of the newest, from 1.</param>
/// <param name="KeepTagged">All with a tag.</param>
/// <param name="KeepDays">All younger than so many days; 0: age does not matter.</param>
public sealed record RetentionRule(int KeepVersions, bool KeepTagged, int KeepDays)
{
    public const int MostVersions = 1000, MostDays = 3650;

    /// <exception cref="PortalException">retention.bad_rule</exception>
    internal void Check()
    {
        if (KeepVersions is < 1 or > MostVersions)
            throw new PortalException("retention.bad_rule", FormattableString.Invariant($"From 1 to {MostVersions:N0} of the newest versions can be kept.")) { SuggestedActions = ["Choose a number between these"] };
        if (KeepDays is < 0 or > MostDays)
            throw new PortalException("retention.bad_rule", FormattableString.Invariant($"Versions can be kept for up to {MostDays:N0} days because of their age.")) { SuggestedActions = ["Choose a smaller number; 0 means that age does not matter"] };
    }
}
