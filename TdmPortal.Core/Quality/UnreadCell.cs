namespace TdmPortal.Core.Quality;

/// <summary>A cell that could not be read.</summary>
/// <param name="Row">Its row's number, from 0.</param>
/// <param name="Place">Where that is in the file: "line 12".</param>
/// <param name="Text">What stands there, shortened.</param>
public sealed record UnreadCell(long Row, string Place, string Text);
