using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TdmPortal.Core.Formats;

/// <summary>Bytes on their way to a stream; grows, and is used again and again.</summary>
internal sealed class ByteBuffer(int size = 1 << 16)
{
    private byte[] bytes = new byte[size];
    private int length;

    public int Length => length;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int size)
    {
        if (bytes.Length - length < size)
            Grow(size);
        return bytes.AsSpan(length);
    }

    /// <summary>As <see cref="Reserve"/>, for those who write by reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Room(int size)
    {
        if (bytes.Length - length < size)
            Grow(size);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int size) => length += size;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        length += text.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte value)
    {
        if (length == bytes.Length)
            Grow(1);
        bytes[length++] = value;
    }

    public void Clear() => length = 0;

    /// <summary>What was written from a position on, to be patched.</summary>
    public Span<byte> From(int position) => bytes.AsSpan(position, length - position);

    private void Grow(int size) => Array.Resize(ref bytes, Math.Max(checked(length + size), bytes.Length * 2));
}
