namespace TdmPortal.Postgres;

/// <summary>A foreign key between tables that are loaded.</summary>
/// <param name="Name">Quoted name with its schema, as SET CONSTRAINTS takes it.</param>
/// <param name="Child">Its table's oid.</param>
/// <param name="Parent">The oid of the table that it points to.</param>
internal sealed record ServerForeignKey(string Name, long Child, long Parent, IReadOnlyList<string> Columns, bool Deferrable, bool MatchFull);
