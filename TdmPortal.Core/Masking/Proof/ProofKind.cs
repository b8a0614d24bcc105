namespace TdmPortal.Core.Masking.Proof;

/// <summary>How a column was proved.</summary>
public enum ProofKind
{
    /// <summary>No original of the column stands anywhere among its masked values, and none in its own row: for what is one person's. Names and streets are many people's.</summary>
    ColumnWide,
    /// <summary>No row has its own original.</summary>
    RowByRow,
    /// <summary>The masker may give a value back as it is (shuffled, coarser, clamped), so nothing is compared.</summary>
    Exempt,
    /// <summary>It stays as it is on purpose: a rule keeps it, or a lead signed it off.</summary>
    Kept,
    /// <summary>Nothing personal is known of it, and nothing masks it.</summary>
    NotMasked,
}
