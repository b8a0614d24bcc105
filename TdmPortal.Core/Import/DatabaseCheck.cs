namespace TdmPortal.Core.Import;

/// <summary>A rule that the server checks.</summary>
/// <param name="Name">Name of the constraint.</param>
/// <param name="Expression">As the server writes it; of EXCLUDE the whole definition.</param>
/// <param name="Columns">Columns it reads.</param>
public sealed record DatabaseCheck(string Name, string Expression, IReadOnlyList<string> Columns);
