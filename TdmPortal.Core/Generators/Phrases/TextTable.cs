using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators.Phrases;

/// <summary>Texts one after another in one buffer, copied by number a register at a time.</summary>
internal sealed class TextTable
{
    private readonly byte[] bytes;
    private readonly int[] starts;

    public TextTable(IReadOnlyList<byte[]> texts)
    {
        starts = new int[texts.Count + 1];
        bytes = new byte[texts.Sum(text => text.Length) + ShortCopy.Slack];
        for (var i = 0; i < texts.Count; i++)
        {
            texts[i].CopyTo(bytes, starts[i]);
            starts[i + 1] = starts[i] + texts[i].Length;
            MaxBytes = Math.Max(MaxBytes, texts[i].Length);
        }
    }

    public int Count => starts.Length - 1;

    public int MaxBytes { get; }

    public ReadOnlySpan<byte> this[int index] => bytes.AsSpan(starts[index], starts[index + 1] - starts[index]);

    /// <summary>Writes the text of a number below <see cref="Count"/>, with <see cref="ShortCopy.Slack"/> behind it; returns its bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Copy(int index, ref byte to)
    {
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(starts), index);
        var size = Unsafe.Add(ref start, 1) - start;
        ShortCopy.Copy(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), start), ref to, size);
        return size;
    }
}
