namespace TdmPortal.Data.Datasets;

/// <summary>How many children refer to a row over one foreign key.</summary>
/// <param name="IsExact">False: at least so many.</param>
public sealed record RowUse(DatasetReference Reference, long Count, bool IsExact);
