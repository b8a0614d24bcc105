namespace TdmPortal.Web.Quality;

/// <summary>A part of the report page.</summary>
public enum QualitySection
{
    /// <summary>What fell and why, what to do.</summary>
    Summary,
    Columns,
    Rules,
    /// <summary>How columns go together.</summary>
    Pairs,
    /// <summary>Against a reference, and privacy.</summary>
    Likeness,
    Coverage,
    /// <summary>Against the report of another version.</summary>
    Compare,
}
