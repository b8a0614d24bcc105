namespace TdmPortal.Core.Import;

/// <summary>An enumeration or a domain.</summary>
/// <param name="Schema">As it is.</param>
/// <param name="Name">As it is.</param>
public sealed record DatabaseType(string Schema, string Name)
{
    /// <summary>Values of an enumeration, in their order.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
    /// <summary>What a domain stands for.</summary>
    public DatabaseColumn? Base { get; init; }
    /// <summary>Checks of a domain; <c>VALUE</c> is the value.</summary>
    public IReadOnlyList<DatabaseCheck> Checks { get; init; } = [];
}
