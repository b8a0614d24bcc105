namespace TdmPortal.Core.Environments;

/// <summary>How the values of a column are spread in two versions, over the same bars.</summary>
/// <param name="Labels">What each bar stands for; of a stretch, where it begins.</param>
/// <param name="Before">Rows of the one version in each bar.</param>
/// <param name="After">Rows of the other version in each bar.</param>
public sealed record ColumnChart(ColumnChartKind Kind, IReadOnlyList<string> Labels, IReadOnlyList<long> Before, IReadOnlyList<long> After);
