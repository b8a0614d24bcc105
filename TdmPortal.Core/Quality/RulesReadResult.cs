using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>What came of reading a rule set.</summary>
/// <param name="Rules">Null where the text is no rule set at all; else what could be read.</param>
/// <param name="Problems">Empty: everything was as it should be.</param>
public sealed record RulesReadResult(QualityRules? Rules, IReadOnlyList<SchemaProblem> Problems);
