namespace TdmPortal.Data.PersonalData;

/// <summary>How a column with personal data is protected.</summary>
public enum PersonalProtection
{
    /// <summary>Nothing was done with it: its version cannot go live.</summary>
    Open,
    /// <summary>A lead let it pass, with a reason.</summary>
    SignedOff,
    /// <summary>A rule of the masking policy leaves it as it is, with a reason.</summary>
    Kept,
    /// <summary>Masked.</summary>
    Masked,
    /// <summary>The rows are made up: there is no original.</summary>
    Synthetic,
}
