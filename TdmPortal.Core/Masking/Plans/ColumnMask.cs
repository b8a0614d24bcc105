using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>What becomes of one column, ready to run. Immutable.</summary>
/// <param name="Place">Among the entity's columns.</param>
/// <param name="Masker">Of the column, or of an array's elements.</param>
/// <param name="Companions">Other columns that it reads.</param>
/// <param name="When">Rows where it is not true keep their value; null: all are masked.</param>
/// <param name="Fields">Places of the columns that <paramref name="When"/> reads, by the document's field.</param>
/// <param name="Sentinels">Values that stay; null: only the empty text.</param>
internal sealed record ColumnMask(int Place, ColumnDescription Column, Masker Masker, IReadOnlyList<MaskerCompanion> Companions, Expression? When, int[] Fields, Sentinels Sentinels);
