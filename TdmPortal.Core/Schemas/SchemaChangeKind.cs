namespace TdmPortal.Core.Schemas;

/// <summary>What happened to a part of a document.</summary>
public enum SchemaChangeKind
{
    /// <summary>It is new.</summary>
    Added,
    /// <summary>It is gone.</summary>
    Removed,
    /// <summary>It differs.</summary>
    Changed,
}
