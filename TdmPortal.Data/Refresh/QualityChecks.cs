using System.Globalization;
using TdmPortal.Core.Quality;
using TdmPortal.Data.Quality;

namespace TdmPortal.Data.Refresh;

/// <summary>A quality report as the gate asks for it.</summary>
internal static class QualityChecks
{
    /// <summary>One check that holds, or one for each obstacle.</summary>
    public static IReadOnlyList<GateCheck> Of(VersionInspection inspection, QualityReport quality)
    {
        var obstacles = inspection.Obstacles(quality);
        return obstacles.Count == 0 ? [new("quality", "Rules and scenarios", true, Words(quality))] : [.. obstacles.Select(obstacle => new GateCheck("quality", "Rules and scenarios", false, obstacle))];
    }

    private static string Words(QualityReport quality) => string.Create(CultureInfo.InvariantCulture, $"{quality.Rules.Count(rule => rule.Holds):N0} of {quality.Rules.Count:N0} rules and {quality.Scenarios.Count:N0} scenarios hold{(quality.Score is { } score ? $", score {score:P1}" : "")}");
}
