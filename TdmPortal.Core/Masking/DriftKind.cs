namespace TdmPortal.Core.Masking;

/// <summary>How a column differs from what a policy remembers.</summary>
public enum DriftKind
{
    /// <summary>It was not there.</summary>
    New,
    /// <summary>It has another name, in the same place and of the same type.</summary>
    Renamed,
    /// <summary>It has another type.</summary>
    Retyped,
    /// <summary>It is there no more.</summary>
    Gone,
}
