namespace TdmPortal.Core.Import;

/// <summary>A rule of the database that the schema document cannot say; rows of its columns are proved against the server.</summary>
/// <param name="Table">Qualified name as it is, or empty.</param>
/// <param name="Name">Name of the constraint or index.</param>
/// <param name="Definition">As the server writes it.</param>
/// <param name="Why">One sentence for people.</param>
/// <param name="Columns">Columns it reads, as the database names them.</param>
public sealed record NotUnderstood(string Table, string Name, string Definition, string Why, IReadOnlyList<string> Columns);
