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
}
