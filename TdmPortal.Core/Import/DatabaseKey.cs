namespace TdmPortal.Core.Import;

/// <summary>Rows differ in these columns.</summary>
/// <param name="Name">Name of the constraint or index.</param>
/// <param name="Columns">As the database names them; empty where it is over expressions only.</param>
public sealed record DatabaseKey(string Name, IReadOnlyList<string> Columns)
{
    /// <summary>PRIMARY KEY.</summary>
    public bool IsPrimary { get; init; }
    /// <summary>Checked at the end of the transaction.</summary>
    public bool Deferrable { get; init; }
    /// <summary>NULLS NOT DISTINCT.</summary>
    public bool NullsEqual { get; init; }
    /// <summary>WHERE of a partial index, as the server writes it.</summary>
    public string? Where { get; init; }
    /// <summary>Expressions among its parts: <c>lower(email)</c>.</summary>
    public IReadOnlyList<string> Expressions { get; init; } = [];
}
