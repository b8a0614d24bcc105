namespace TdmPortal.Core.Generation;

/// <summary>Cuts texts to a length in code points, at a character boundary.</summary>
internal static class TextCut
{
    public static void Apply(TextColumn column, int length)
    {
        var tooLong = false;
        for (var i = 0; i < column.Count && !tooLong; i++)
            tooLong = column[i].Length > length && Bytes(column[i], length) < column[i].Length;
        if (!tooLong)
            return;

        // The rows are written once more behind themselves: a rare thing, since most generators fit by themselves.
        using var copy = new TextColumn();
        copy.Reset(column.Count);
        for (var i = 0; i < column.Count; i++)
            copy.Take(i, column, i);
        column.Reset(copy.Count);
        for (var i = 0; i < copy.Count; i++)
        {
            if (copy.IsNull(i))
                column.AddNull();
            else
                column.Add(copy[i][..Bytes(copy[i], length)]);
        }
    }

    /// <summary>Bytes that the first <paramref name="length"/> code points take.</summary>
    public static int Bytes(ReadOnlySpan<byte> text, int length)
    {
        if (text.Length <= length)
            return text.Length;
        var at = 0;
        for (; at < text.Length; at++)
        {
            if ((text[at] & 0xC0) != 0x80 && length-- == 0)
                break;
        }

        return at;
    }
}
