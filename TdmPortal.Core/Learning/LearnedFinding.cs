namespace TdmPortal.Core.Learning;

/// <summary>Something that holds between columns.</summary>
/// <param name="Kind"><c>key</c>, <c>reference</c>, <c>dependency</c>, <c>order</c>, <c>together</c>, <c>correlation</c> or <c>personal</c>.</param>
/// <param name="Place">Where: <c>entity.field</c>.</param>
/// <param name="Text">In a sentence.</param>
public sealed record LearnedFinding(string Kind, string Place, string Text);
