namespace TdmPortal.Web.Quality;

/// <summary>Something that is less than it was.</summary>
/// <param name="Name">A metric, a rule, a scenario, coverage.</param>
/// <param name="Before">0..1.</param>
/// <param name="After">0..1; less than before.</param>
/// <param name="Why">The most telling first.</param>
public sealed record QualityFall(string Name, double Before, double After, IReadOnlyList<FallReason> Why);
