namespace TdmPortal.Core.Quality;

/// <summary>A situation that a dataset must contain: rows of an entity that meet a condition, relationships included.</summary>
public sealed record Scenario
{
    /// <summary>For people: "gold customer with an overdue invoice"; unique in its set, up to 120 characters.</summary>
    public required string Name { get; init; }
    /// <summary>The entity that is counted.</summary>
    public required string Entity { get; init; }
    /// <summary>In the schema's expression language; may name parents (<c>customer.tier = 'gold'</c>) and count, sum, … over children.</summary>
    public required string Condition { get; init; }
    /// <summary>How many rows at least, 1..1,000,000.</summary>
    public long AtLeast { get; init; } = 1;
    /// <summary>Whether generation makes it true; else it is only looked for.</summary>
    public bool Make { get; init; }
    /// <summary>For people.</summary>
    public string? Note { get; init; }
}
