namespace TdmPortal.Web.Masking;

/// <summary>Parts of the policy editor.</summary>
public enum PolicyPart
{
    /// <summary>The source's columns and what becomes of each.</summary>
    Columns,
    /// <summary>Strategy and rules by kind of personal data.</summary>
    Kinds,
    /// <summary>Columns that hold the same thing.</summary>
    Identities,
    /// <summary>Sentinels, quasi-identifiers, subset.</summary>
    Scope,
    /// <summary>What a run will do: rows, columns, keys.</summary>
    Effect,
    /// <summary>What was done with it.</summary>
    Runs,
    /// <summary>Its history.</summary>
    Versions,
}
