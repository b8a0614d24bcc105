namespace TdmPortal.Core.Expressions;

/// <summary>A condition for a WHERE clause.</summary>
/// <param name="Text">SQL with identifiers quoted and every text a parameter (<c>$n</c>).</param>
/// <param name="Parameters">The texts, in the order of their numbers.</param>
public sealed record SqlCondition(string Text, IReadOnlyList<string> Parameters);
