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
    public const int Slack = 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref byte from, ref byte to, int size)
    {
        Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<Vector256<byte>>(ref from));
        for (nint at = 32; at < size; at += 32)
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, at), Unsafe.ReadUnaligned<Vector256<byte>>(ref Unsafe.Add(ref from, at)));
    }
}
