namespace TdmPortal.Core.Quality;

/// <summary>What it means that a rule does not hold.</summary>
public enum RuleSeverity
{
    /// <summary>Worth knowing; counts for no gate.</summary>
    Info,
    /// <summary>Is shown and told; the version still goes live.</summary>
    Warning,
    /// <summary>The gate of a refresh does not let the version through.</summary>
    Error,
}
