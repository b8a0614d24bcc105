namespace TdmPortal.Core.Quality;

/// <summary>A rule set after its rules were derived again.</summary>
/// <param name="Added">Derived rules that were not there.</param>
/// <param name="Changed">Derived rules that say something else now, as they are now.</param>
/// <param name="Dropped">Derived rules that the document no longer gives.</param>
public sealed record RefreshedRules(QualityRules Rules, IReadOnlyList<QualityRule> Added, IReadOnlyList<QualityRule> Changed, IReadOnlyList<QualityRule> Dropped);
