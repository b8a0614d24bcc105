namespace TdmPortal.Data.Schemas;

/// <summary>Which schemas a list shows.</summary>
public enum SchemaShelf
{
    /// <summary>The team's own.</summary>
    Own,
    /// <summary>Those that other teams share.</summary>
    Shared,
    /// <summary>Those that the portal comes with.</summary>
    Samples,
}
