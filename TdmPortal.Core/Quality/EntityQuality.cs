namespace TdmPortal.Core.Quality;

/// <summary>An entity in a report.</summary>
public sealed record EntityQuality
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>All rows.</summary>
    public required long Rows { get; init; }
    /// <summary>Rows that statistics of pairs, coverage and privacy were taken from: all, or a sample drawn with a fixed seed.</summary>
    public required long SampledRows { get; init; }
    /// <summary>0..1; null where nothing was there to measure.</summary>
    public double? Score { get; init; }
    /// <summary>Of its rows.</summary>
    public IReadOnlyList<MetricScore> Metrics { get; init; } = [];
    /// <summary>In field order.</summary>
    public IReadOnlyList<ColumnQuality> Columns { get; init; } = [];
    /// <summary>Level premium: pairs of its columns.</summary>
    public IReadOnlyList<PairQuality> Pairs { get; init; } = [];
}
