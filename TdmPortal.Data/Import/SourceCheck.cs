namespace TdmPortal.Data.Import;

/// <summary>What a test of a connection found.</summary>
/// <param name="ServerVersion">As the server says it.</param>
/// <param name="Tables">That may be read.</param>
/// <param name="Closed">Tables that may not.</param>
/// <param name="IsSuperuser">The role could do anything; a role for reading would be better.</param>
/// <param name="IsEncrypted">Whether the way there is.</param>
public sealed record SourceCheck(string ServerVersion, int Tables, int Closed, bool IsSuperuser, bool IsEncrypted);
