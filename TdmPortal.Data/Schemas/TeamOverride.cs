using TdmPortal.Core.Schemas.Overriding;

namespace TdmPortal.Data.Schemas;

/// <summary>One of a team's overrides at a version of its schema.</summary>
public sealed record TeamOverride(Guid Id, OverrideVerdict Verdict, string ChangedBy, DateTimeOffset ChangedAt);
