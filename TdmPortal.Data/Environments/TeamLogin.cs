namespace TdmPortal.Data.Environments;

/// <summary>The database login that a team shares.</summary>
/// <param name="UserName">The role to sign in as; null: a lead has not made the login yet.</param>
/// <param name="ChangedBy">Who set the password that holds now.</param>
/// <param name="Sessions">Open now.</param>
public sealed record TeamLogin(DatabaseAddress Address, string? UserName, string? ChangedBy, DateTimeOffset? ChangedAt, int Sessions);
