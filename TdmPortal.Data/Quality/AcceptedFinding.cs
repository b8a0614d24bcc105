namespace TdmPortal.Data.Quality;

/// <summary>A finding that is known and may stay as it is until a day; the gate and the alerts leave it out.</summary>
/// <param name="Kind"><c>rule</c> or <c>scenario</c>.</param>
/// <param name="Name">The rule's or scenario's.</param>
/// <param name="Owner">Who sees to it.</param>
/// <param name="IsExpired">It counts again.</param>
public sealed record AcceptedFinding(Guid Id, string Kind, string Name, string Reason, string Owner, DateTimeOffset ExpiresAt, bool IsExpired, string AcceptedBy, DateTimeOffset AcceptedAt);
