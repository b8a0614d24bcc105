namespace TdmPortal.Data.Environments;

/// <summary>How a row differs between two versions.</summary>
public enum RowDifference
{
    /// <summary>In both, with other cells.</summary>
    Changed,

    /// <summary>In the later version only.</summary>
    Added,

    /// <summary>In the earlier version only.</summary>
    Removed,
}
