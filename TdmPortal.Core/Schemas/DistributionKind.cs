namespace TdmPortal.Core.Schemas;

/// <summary>How children are spread over parents.</summary>
public enum DistributionKind
{
    /// <summary>Every parent is equally likely.</summary>
    Uniform,
    /// <summary>The first parents by a keyed shuffle get most: share of rank r proportional to r^-exponent.</summary>
    Zipf,
    /// <summary>Each parent gets min..max children; the child has no rows of its own, unless it is its own parent: then its rows are dealt to each other in turn.</summary>
    PerParent,
}
