namespace TdmPortal.Core.Formats;

/// <summary>What a table's constraint demands.</summary>
public enum SqlKeyKind
{
    /// <summary>PRIMARY KEY.</summary>
    Primary,
    /// <summary>UNIQUE.</summary>
    Unique,
    /// <summary>FOREIGN KEY.</summary>
    Foreign,
    /// <summary>CHECK.</summary>
    Check,
}
