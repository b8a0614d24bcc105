namespace TdmPortal.Core.Quality;

/// <summary>Rows whose text has at least one character of a kind. Kinds overlap.</summary>
/// <param name="Spaced">Begins or ends with white space.</param>
/// <param name="Control">Has a control character.</param>
public sealed record CharacterProfile(long Letters, long Digits, long Spaces, long Punctuation, long NonAscii, long Spaced, long Control);
