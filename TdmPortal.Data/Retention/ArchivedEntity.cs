using TdmPortal.Core.Generation;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Retention;

/// <summary>One entity's file in an archive.</summary>
/// <param name="File">Its name in the archive.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Sha256">Of the file, hexadecimal.</param>
public sealed record ArchivedEntity(string Name, long Rows, IReadOnlyList<ColumnDescription> Columns, IReadOnlyList<string> PrimaryKey, IReadOnlyList<DatasetReference> References, string File, long Bytes, string Sha256);
