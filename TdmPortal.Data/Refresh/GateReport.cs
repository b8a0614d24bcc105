namespace TdmPortal.Data.Refresh;

/// <summary>What was verified in the database before a version could go live.</summary>
/// <param name="Checks">What failed first, then all others in the schema's order.</param>
/// <param name="QualityReportId">The quality report that was made with it; null for runs from before there were any.</param>
public sealed record GateReport(IReadOnlyList<GateCheck> Checks, Guid? QualityReportId = null)
{
    /// <summary>Whether the version may go live.</summary>
    public bool Passed => Checks.All(check => check.Holds);
}
