namespace TdmPortal.Postgres;

/// <summary>A column as the server has it now.</summary>
/// <param name="Number">attnum.</param>
/// <param name="BaseType">The server's name of its type, domains resolved; of the element for an array.</param>
/// <param name="Shown">The type as the server writes it, for people.</param>
internal sealed record ServerColumn(string Name, int Number, string BaseType, string Shown)
{
    public bool IsArray { get; init; }
    /// <summary>An array whose elements are of a domain: only the server knows what that takes.</summary>
    public bool IsArrayOfDomain { get; init; }
    public bool IsEnumeration { get; init; }

    /// <summary>Its own or its domain's.</summary>
    public bool NotNull { get; init; }
    public bool HasDefault { get; init; }

    /// <summary>GENERATED ALWAYS AS (…): takes no values.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>pg_attribute's typmod, that of the domain where it is one; -1: none.</summary>
    public int Modifier { get; init; }

    /// <summary>Quoted name of the sequence that numbers it.</summary>
    public string? Sequence { get; init; }
}
