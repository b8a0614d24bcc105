namespace TdmPortal.Web.Quality;

/// <summary>Why something fell.</summary>
/// <param name="Rule">The rule that it is about; null for a column.</param>
public sealed record FallReason(string Text, string? Entity = null, string? Column = null, string? Rule = null);
