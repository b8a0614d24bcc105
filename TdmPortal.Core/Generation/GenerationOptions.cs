using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Generation;

/// <summary>The inputs of a generation beside the document; together they decide every byte.</summary>
public sealed record GenerationOptions
{
    /// <summary>Any 64-bit number.</summary>
    public long Seed { get; init; } = 1;
    /// <summary>What <c>now</c> means in the document.</summary>
    public DateTimeOffset AsOf { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    /// <summary>Multiplies the rows of every entity that scales; at least one row is kept where there was one.</summary>
    public double Scale { get; init; } = 1;
    /// <summary>Rows by entity name, instead of the document's (and not scaled).</summary>
    public IReadOnlyDictionary<string, long> Rows { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);
    /// <summary>Entities (<c>customer</c>) and fields (<c>customer.email</c>) that are made with <see cref="StableSeed"/> instead. Names that the document lacks mean nothing.</summary>
    public IReadOnlySet<string> Stable { get; init; } = new HashSet<string>(StringComparer.Ordinal);
    /// <summary>The seed of what is <see cref="Stable"/>.</summary>
    public long StableSeed { get; init; } = 1;

    /// <summary>Situations that some rows are made to be in; those with <see cref="Scenario.Make"/> false mean nothing here.</summary>
    public IReadOnlyList<Scenario> Scenarios { get; init; } = [];

    /// <summary>What all randomness of an entity is derived from.</summary>
    internal ulong EntityKey(string entity) => Key(Stable.Contains(entity), entity);

    /// <summary>As <see cref="EntityKey(string)"/>, for what concerns one of its fields only.</summary>
    internal ulong EntityKey(string entity, string field) => Key(Stable.Count > 0 && (Stable.Contains(entity) || Stable.Contains($"{entity}.{field}")), entity);

    private ulong Key(bool stable, string entity) => Randomness.Derive(Randomness.Derive((ulong)(stable ? StableSeed : Seed), "entity"), entity);
}
