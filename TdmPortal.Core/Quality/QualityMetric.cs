namespace TdmPortal.Core.Quality;

/// <summary>The metrics of D5, each 0..1. docs/quality.md has definition and formula of each.</summary>
public enum QualityMetric
{
    /// <summary>Values that are there, of those that are required.</summary>
    Completeness,
    /// <summary>Rows that agree with themselves and with rows elsewhere.</summary>
    Consistency,
    /// <summary>Likeness to the reference; not known without one.</summary>
    Accuracy,
    /// <summary>Values in the right form.</summary>
    Validity,
    /// <summary>Keys that occur once.</summary>
    Uniqueness,
    /// <summary>Rows that keep the rules of the business.</summary>
    Business,
}
