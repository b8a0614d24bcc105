namespace TdmPortal.Web.Identity;

/// <summary>A line of the administrators' list of users.</summary>
public sealed record AccountSummary(Guid Id, string UserName, string DisplayName, string? Email, bool IsAdmin, AccountState State, bool TwoFactor, DateTimeOffset CreatedAt);
