namespace TdmPortal.Web.Masking;

/// <summary>Which columns the policy editor lists.</summary>
public enum ColumnFilter
{
    All,
    /// <summary>Personal and not decided, or something is wrong with its rule.</summary>
    Attention,
    Masked,
    /// <summary>Stays as it is.</summary>
    Unmasked,
    /// <summary>Found personal.</summary>
    Personal,
}
