namespace TdmPortal.Core.Expressions;

/// <summary>What is wrong with an expression, and where.</summary>
/// <param name="Position">0-based offset in the text of the part that is wrong.</param>
/// <param name="Message">In plain words.</param>
/// <param name="Suggestion">What to write instead, null where nothing is near.</param>
public sealed record ExpressionError(int Position, string Message, string? Suggestion = null);
