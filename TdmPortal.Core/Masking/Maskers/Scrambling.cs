using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Other characters of the same kind in the same places: the form of any text, whatever it is.</summary>
internal static class Scrambling
{
    /// <summary>Appends the text with digits for digits, capital letters for capital letters and small ones for small ones; all else stays. It never gives the same text: where there is neither letter nor digit, signs become stars.</summary>
    public static void Write(KeyedNumbers draw, ReadOnlySpan<byte> value, TextColumn to)
    {
        if (Part(draw, value, to))
            return;
        foreach (ref var c in to.Current[^value.Length..])
            c = c == ' ' ? c : c == '*' ? (byte)'x' : (byte)'*';
    }

    /// <summary>As <see cref="Write"/>, of a piece of a text that changes elsewhere too.</summary>
    /// <returns>Whether there was a letter or digit.</returns>
    public static bool Part(KeyedNumbers draw, ReadOnlySpan<byte> value, TextColumn to)
    {
        var room = to.Reserve(value.Length);
        var size = 0;
        var changed = false;
        for (var at = 0; at < value.Length;)
        {
            var c = value[at];
            if (c < 0x80)
            {
                room[size++] = Other(ref draw, c, ref changed);
                at++;
                continue;
            }

            var status = Rune.DecodeFromUtf8(value[at..], out var rune, out var length);
            if (status != System.Buffers.OperationStatus.Done || Rune.IsLetterOrDigit(rune))
            {
                // Letters of other scripts become Latin ones: that says least about the original.
                room[size++] = (byte)((Rune.IsUpper(rune) ? 'A' : 'a') + (int)draw.Below(26));
                changed = true;
            }
            else
            {
                value.Slice(at, length).CopyTo(room[size..]);
                size += length;
            }

            at += length;
        }

        to.Advance(size);
        return changed;
    }

    private static byte Other(ref KeyedNumbers draw, byte c, ref bool changed)
    {
        var (first, count) = c switch
        {
            >= (byte)'0' and <= (byte)'9' => ((byte)'0', 10),
            >= (byte)'a' and <= (byte)'z' => ((byte)'a', 26),
            >= (byte)'A' and <= (byte)'Z' => ((byte)'A', 26),
            _ => (c, 1),
        };
        if (count == 1)
            return c;

        // The first of them becomes another one in any case, so that the whole does.
        var number = (int)draw.Below((ulong)(changed ? count : count - 1));
        if (!changed && number >= c - first)
            number++;
        changed = true;
        return (byte)(first + number);
    }
}
