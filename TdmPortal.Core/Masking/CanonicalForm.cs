namespace TdmPortal.Core.Masking;

/// <summary>In what sense two values are the same before they are masked.</summary>
public enum CanonicalForm
{
    /// <summary>By the column's type and what it holds.</summary>
    Auto,
    /// <summary>Exactly the same text.</summary>
    Exact,
    /// <summary>Without regard to case and surrounding blanks (NFC).</summary>
    Text,
    /// <summary>As <see cref="Text"/>, for addresses.</summary>
    Email,
    /// <summary>Digits with the country's prefix.</summary>
    Phone,
    /// <summary>Digits and letters only: cards, IBANs, national ids.</summary>
    Code,
    /// <summary>The number, be it an integer or a text, leading zeros aside.</summary>
    Number,
}
