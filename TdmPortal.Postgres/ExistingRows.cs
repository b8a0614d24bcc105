namespace TdmPortal.Postgres;

/// <summary>What is done with tables that have rows already.</summary>
public enum ExistingRows
{
    /// <summary>Nothing is loaded.</summary>
    Refuse,
    /// <summary>The new ones are added to them.</summary>
    Append,
    /// <summary>They are removed first, in the same transaction.</summary>
    Truncate,
}
