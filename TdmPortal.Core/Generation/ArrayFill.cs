using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>Fills arrays: a length by hash, then element after element, each under a key of its own.</summary>
internal static class ArrayFill
{
    public static void Fill(ArrayColumn column, FieldNode field, ReadOnlySpan<long> rows, FillContext fill, ulong key, ArrayBounds bounds, Workspace workspace)
    {
        var lengthKey = Randomness.Derive(key, "length");
        var span = (ulong)(bounds.Max - bounds.Min + 1);
        for (var i = 0; i < rows.Length; i++)
            column.Offsets[i + 1] = column.Offsets[i] + bounds.Min + (int)Randomness.Bounded(Randomness.Cell(lengthKey, rows[i]), span);

        // Every element is drawn for all rows, since a source may read other fields of the rows; rows that are shorter leave it.
        var mark = workspace.Mark();
        var drawn = new Column[bounds.Max];
        for (var element = 0; element < drawn.Length; element++)
        {
            drawn[element] = Scratch(column.Elements, rows.Length, workspace);
            fill.Key = Randomness.Derive(key, (ulong)element + 1);
            field.Source!.Fill(drawn[element], rows, fill);
            if (field.CutAt is { } length)
                TextCut.Apply((TextColumn)drawn[element], length);
        }

        column.Elements.Reset(column.Offsets[rows.Length]);
        for (var (row, at) = (0, 0); row < rows.Length; row++)
        {
            var count = column.Offsets[row + 1] - column.Offsets[row];
            for (var element = 0; element < count; element++)
                column.Elements.Take(at++, drawn[element], row);
        }

        workspace.Release(mark);
    }

    private static Column Scratch(Column like, int count, Workspace workspace) => like switch
    {
        LongColumn => workspace.Long(count),
        WideColumn => workspace.Wide(count),
        DoubleColumn => workspace.Double(count),
        _ => workspace.Text(count),
    };
}
