namespace TdmPortal.Core.Generators.Phrases;

/// <summary>Lengths of UTF-8 text in code points.</summary>
internal static class Utf8
{
    /// <summary>Number of code points: the bytes that do not continue one.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        var length = 0;
        foreach (var b in text)
        {
            if ((b & 0xC0) != 0x80)
                length++;
        }

        return length;
    }

    /// <summary>The bytes of the first <paramref name="maxLength"/> code points.</summary>
    public static int Cut(ReadOnlySpan<byte> text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text.Length;
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if ((text[i] & 0xC0) != 0x80 && ++length > maxLength)
                return i;
        }

        return text.Length;
    }
}
