namespace TdmPortal.Data.Environments;

/// <summary>Somebody needs a version until a day: neither clean-up nor people take it away before.</summary>
/// <param name="MayRelease">Whether the one who asks may end it: their own, or they lead the team.</param>
public sealed record VersionPin(Guid Id, string Who, string? Reason, DateTimeOffset Until, bool MayRelease);
