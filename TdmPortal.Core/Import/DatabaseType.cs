namespace TdmPortal.Core.Import;

/// <summary>A type that is not built in and that a column uses: an enumeration, a domain, a composite type or a range.</summary>
/// <param name="Schema">As it is.</param>
/// <param name="Name">As it is.</param>
public sealed record DatabaseType(string Schema, string Name)
{
    /// <summary>Values of an enumeration, in their order.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
    /// <summary>What a domain stands for; with its own NOT NULL and DEFAULT.</summary>
    public DatabaseColumn? Base { get; init; }
    /// <summary>Checks of a domain; <c>VALUE</c> is the value.</summary>
    public IReadOnlyList<DatabaseCheck> Checks { get; init; } = [];
    /// <summary>Attributes of a composite type.</summary>
    public IReadOnlyList<DatabaseColumn> Attributes { get; init; } = [];
    /// <summary>What a range is over, as the server writes it: <c>double precision</c>.</summary>
    public string? Subtype { get; init; }
}
