using TdmPortal.Core.Generation;

namespace TdmPortal.Data.Datasets;

/// <summary>An entity of a stored version: its table's columns, keys and size.</summary>
/// <param name="References">Foreign keys of which it is the child.</param>
/// <param name="ReferencedBy">Foreign keys of which it is the parent.</param>
public sealed record DatasetEntity(string Name, long Rows, long Bytes, IReadOnlyList<ColumnDescription> Columns, IReadOnlyList<string> PrimaryKey, IReadOnlyList<DatasetReference> References, IReadOnlyList<DatasetReference> ReferencedBy);
