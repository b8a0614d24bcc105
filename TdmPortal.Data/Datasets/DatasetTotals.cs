namespace TdmPortal.Data.Datasets;

/// <summary>What a team has, all datasets together.</summary>
/// <param name="Count">Datasets, those whose first version is being made too.</param>
/// <param name="Ready">Datasets with a version that can be read.</param>
/// <param name="Fresh">Of the ready ones, those changed since the first instant that was asked for.</param>
/// <param name="Rows">Of the live versions.</param>
/// <param name="Bytes">Of the live versions, with keys and indexes.</param>
/// <param name="StaleCount">Of the ready ones, those not changed since the second instant.</param>
/// <param name="Stale">The oldest of them.</param>
public sealed record DatasetTotals(long Count, long Ready, long Fresh, long Rows, long Bytes, long StaleCount, IReadOnlyList<StaleDataset> Stale);
