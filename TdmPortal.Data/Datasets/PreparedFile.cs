using TdmPortal.Core.Formats;

namespace TdmPortal.Data.Datasets;

/// <summary>A file of a version that was written when it was generated, all entities together.</summary>
/// <param name="Name">File name without a folder, unique in the version, e.g. <c>shop-v3-csv.zip</c>.</param>
public sealed record PreparedFile(string Name, RowFormat Format, long Bytes);
