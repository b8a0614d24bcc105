namespace TdmPortal.Core.Quality;

/// <summary>How much a report looks at.</summary>
public enum QualityLevel
{
    /// <summary>Structure: rows, nulls, rules, keys, scenarios.</summary>
    Basic,
    /// <summary>And statistics: distinct values, histograms, quantiles, top values, shapes against a reference.</summary>
    Standard,
    /// <summary>And pairs of columns, coverage for testers, privacy.</summary>
    Premium,
}
