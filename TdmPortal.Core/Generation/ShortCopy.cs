using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TdmPortal.Core.Generation;

/// <summary>
/// Copies short texts a register at a time, without a call and a choice by size: most cells are shorter than one register.
/// Both sides need <see cref="Slack"/> bytes behind the text; those of the target are overwritten.
/// </summary>
internal static class ShortCopy
{
    /// <summary>Bytes that may be read and written behind a text.</summary>
    public const int Slack = 96;

    /// <summary>Bytes of a register.</summary>
    public const int Width = 32;

    /// <summary>Bytes of half a register.</summary>
    public const int HalfWidth = 16;

    /// <summary>Copies a text of at most <see cref="HalfWidth"/> bytes: half a register crosses the end of a cache line half as often.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyHalf(ref byte from, ref byte to) => Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<Vector128<byte>>(ref from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref byte from, ref byte to, int size)
    {
        Move(ref from, ref to, 0);
        if (size > Width)
            CopyRest(ref from, ref to, size);
    }

    /// <summary>As <see cref="Copy"/>, of texts that are often longer than a register: no choice below three, since sizes vary, and a wrong guess costs more than a copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyLong(ref byte from, ref byte to, int size)
    {
        Move(ref from, ref to, 0);
        CopyRest(ref from, ref to, size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRest(ref byte from, ref byte to, int size)
    {
        Move(ref from, ref to, Width);
        Move(ref from, ref to, 64);
        for (nint at = 96; at < size; at += Width)
            Move(ref from, ref to, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(ref byte from, ref byte to, nint at) =>
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, at), Unsafe.ReadUnaligned<Vector256<byte>>(ref Unsafe.Add(ref from, at)));
}
