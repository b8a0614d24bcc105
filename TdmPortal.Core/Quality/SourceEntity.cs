using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality;

/// <summary>An entity of a <see cref="RowSource"/>.</summary>
/// <param name="Columns">In field order; of files, those fields of the schema that are there.</param>
/// <param name="Rows">Null where that is known only at the end.</param>
public sealed record SourceEntity(string Name, IReadOnlyList<ColumnDescription> Columns, long? Rows);
