namespace TdmPortal.Data.Datasets;

/// <summary>A cell that holds the value looked for.</summary>
public sealed record RowHit(string Entity, string Column, long RowNumber, string Value);
