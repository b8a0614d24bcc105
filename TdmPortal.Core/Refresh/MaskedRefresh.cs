namespace TdmPortal.Core.Refresh;

/// <summary>Where the rows of a masked dataset come from at each run: a policy, as it is at that time, over a source.</summary>
/// <param name="PolicyId">The team's policy.</param>
/// <param name="SourceId">The source whose rows are masked.</param>
public sealed record MaskedRefresh(Guid PolicyId, Guid SourceId);
