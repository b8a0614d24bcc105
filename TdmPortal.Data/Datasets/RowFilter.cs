namespace TdmPortal.Data.Datasets;

/// <summary>One filter chip: a column, an operator and a value as text in the CSV form of its type.</summary>
public sealed record RowFilter(string Column, RowOperator Operator, string? Value);
