namespace TdmPortal.Data.Storage;

/// <summary>What comes first in a list of what is stored.</summary>
public enum StorageOrder
{
    /// <summary>The largest.</summary>
    Size,
    /// <summary>What the next retention frees most of.</summary>
    Freed,
    /// <summary>By name.</summary>
    Name,
}
