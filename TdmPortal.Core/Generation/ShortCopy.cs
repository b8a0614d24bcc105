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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref byte from, ref byte to, int size)
    {
        Move(ref from, ref to, 0);
        if (size <= 32)
            return;

        // No choice between one and two more: sizes vary around that, and a wrong guess costs more than a copy.
        Move(ref from, ref to, 32);
        Move(ref from, ref to, 64);
        for (nint at = 96; at < size; at += 32)
            Move(ref from, ref to, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(ref byte from, ref byte to, nint at) =>
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, at), Unsafe.ReadUnaligned<Vector256<byte>>(ref Unsafe.Add(ref from, at)));
}
