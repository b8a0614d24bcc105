using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>A rule that was read.</summary>
/// <param name="Entity">Its place in the document.</param>
/// <param name="Columns">Places among the entity's fields.</param>
/// <param name="Where">The condition of the rows that are looked at; null: all.</param>
internal sealed record BoundRule(QualityRule Rule, int Entity, IReadOnlyList<int> Columns, Expression? Where, RuleWork Work);
