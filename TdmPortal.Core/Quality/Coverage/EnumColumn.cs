using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.Quality.Coverage;

/// <summary>A column whose values the document lists.</summary>
/// <param name="Place">Among the entity's columns.</param>
/// <param name="Values">As text, in the document's order.</param>
/// <param name="Codes">Place of each value in the list, by its hash.</param>
internal sealed record EnumColumn(int Place, string Name, IReadOnlyList<string> Values, IReadOnlyDictionary<ulong, int> Codes)
{
    /// <summary>More values are no cases that somebody goes through one by one.</summary>
    public const int Most = 50;

    /// <summary>The place of a row's value in the list; -1 for null and for what is not listed.</summary>
    public int Code(Column column, int row) => column.IsNull(row) ? -1 : Codes.GetValueOrDefault(ValueHash.Of(column, row), -1);
}
