namespace TdmPortal.Web.Quality;

/// <summary>A part of the rule editor.</summary>
public enum RulesPart
{
    Rules,
    Scenarios,
    /// <summary>Weights, gate, alerts.</summary>
    Score,
    /// <summary>Saved versions.</summary>
    Versions,
}
