namespace TdmPortal.Core.Masking;

/// <summary>Why a column is masked as it is.</summary>
public enum DecidedBy
{
    /// <summary>Nothing says anything of it, and it is not personal: it stays as it is.</summary>
    Nothing,
    /// <summary>It is personal and nothing says what becomes of it: a run is refused.</summary>
    Undecided,
    /// <summary>A rule names it.</summary>
    Column,
    /// <summary>A rule for its kind of personal data.</summary>
    Kind,
    /// <summary>The policy's strategy.</summary>
    Strategy,
    /// <summary>It points to, or is grouped with, a column that is masked so.</summary>
    Identity,
    /// <summary>It follows columns that it depends on: a full name, an age, a JSON copy.</summary>
    Dependent,
}
