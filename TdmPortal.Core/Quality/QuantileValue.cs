namespace TdmPortal.Core.Quality;

/// <summary>A quantile.</summary>
/// <param name="Share">0..1.</param>
/// <param name="Value">As number in the unit of <see cref="ColumnProfile.Mean"/>.</param>
/// <param name="Text">As text.</param>
public sealed record QuantileValue(double Share, double Value, string Text);
