using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Finds the rows of a batch that keep their value: sentinels, and those where the rule's condition is not true. Used by one thread.</summary>
internal sealed class KeptRows(ColumnMask mask)
{
    private readonly Workspace workspace = new(0);
    private GivenRows? rows;
    private ulong[] marks = [];
    private ulong[] elementMarks = [];

    /// <summary>A bit a row; null: none keeps its value.</summary>
    /// <param name="columns">The entity's, by place.</param>
    public ulong[]? Of(IReadOnlyList<Column?> columns, int count)
    {
        var source = columns[mask.Place]!;
        Clear(ref marks, count);
        var any = source is not ArrayColumn && mask.Sentinels.Mark(source, count, marks);
        if (mask.When is null)
            return any ? marks : null;
        rows ??= new(workspace);
        rows.Load(columns, mask.Fields, count);
        var scratch = workspace.Mark();
        var holds = (LongColumn)Evaluation.Of(mask.When, rows);
        for (var row = 0; row < count; row++)
        {
            if (holds.IsNull(row) || holds.Values[row] == 0)
                (marks[row >> 6], any) = (marks[row >> 6] | 1UL << row, true);
        }

        workspace.Release(scratch);
        return any ? marks : null;
    }

    /// <summary>A bit an element of arrays; null: none keeps its value.</summary>
    /// <param name="kept">Of the rows.</param>
    public ulong[]? OfElements(ArrayColumn arrays, ulong[]? kept, int count)
    {
        var elements = arrays.Offsets[count];
        Clear(ref elementMarks, elements);
        var any = mask.Sentinels.Mark(arrays.Elements, elements, elementMarks);
        for (var row = 0; kept is not null && row < count; row++)
        {
            if ((kept[row >> 6] & 1UL << row) == 0)
                continue;
            for (var element = arrays.Offsets[row]; element < arrays.Offsets[row + 1]; element++)
                (elementMarks[element >> 6], any) = (elementMarks[element >> 6] | 1UL << element, true);
        }

        return any ? elementMarks : null;
    }

    private static void Clear(ref ulong[] bits, int count)
    {
        var words = (count + 63) >> 6;
        if (bits.Length < words)
            bits = new ulong[Math.Max(words, bits.Length * 2)];
        else
            bits.AsSpan(0, words).Clear();
    }
}
