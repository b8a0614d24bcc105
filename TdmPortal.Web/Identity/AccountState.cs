namespace TdmPortal.Web.Identity;

/// <summary>Whether an account can be used.</summary>
public enum AccountState
{
    Active,
    /// <summary>Has a one-time link and no password yet.</summary>
    Invited,
    /// <summary>After too many wrong passwords, for some minutes.</summary>
    Locked,
    Disabled,
}
