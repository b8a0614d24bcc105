using System.Runtime.Intrinsics;

namespace TdmPortal.Core.Masking;

/// <summary>AES-SIV (RFC 5297): deterministic authenticated encryption. The same text gives the same sealed bytes, and changed ones are noticed. Immutable.</summary>
internal sealed class Siv(ReadOnlySpan<byte> macKey, ReadOnlySpan<byte> counterKey)
{
    /// <summary>Bytes that sealing adds.</summary>
    public const int Added = AesBlock.Size;

    private readonly Cmac mac = new(new AesBlock(macKey));
    private readonly AesBlock counter = new(counterKey);

    /// <summary>Seals a text.</summary>
    /// <param name="associated">Bound to it, not contained; null is not the same as empty.</param>
    /// <param name="target"><see cref="Added"/> bytes more than the text.</param>
    public void Seal(ReadOnlySpan<byte> text, byte[]? associated, Span<byte> target)
    {
        var tag = S2V(text, associated);
        tag.CopyTo(target);
        Count(tag, text, target[Added..]);
    }

    /// <summary>Opens what was sealed.</summary>
    /// <param name="target"><see cref="Added"/> bytes less.</param>
    /// <returns>False: it was not sealed with this key, or was changed; the target is cleared then.</returns>
    public bool TryOpen(ReadOnlySpan<byte> sealedText, byte[]? associated, Span<byte> target)
    {
        if (sealedText.Length < Added)
            return false;
        var tag = Vector128.Create(sealedText[..Added]);
        var text = target[..(sealedText.Length - Added)];
        Count(tag, sealedText[Added..], text);
        if (S2V(text, associated) == tag)
            return true;
        text.Clear();
        return false;
    }

    private Vector128<byte> S2V(ReadOnlySpan<byte> text, byte[]? associated)
    {
        var state = mac.Of(Vector128<byte>.Zero);
        if (associated is not null)
            state = Cmac.Doubled(state) ^ mac.Of(associated);
        if (text.Length >= AesBlock.Size)
            return mac.Of(text, state);
        Span<byte> padded = stackalloc byte[AesBlock.Size];
        padded.Clear();
        text.CopyTo(padded);
        padded[text.Length] = 0x80;
        return mac.Of(Cmac.Doubled(state) ^ Vector128.Create<byte>(padded));
    }

    private void Count(Vector128<byte> tag, ReadOnlySpan<byte> from, Span<byte> to)
    {
        // Two bits of the tag are cleared, so that counters of 32 and 64 bits do not differ.
        var block = Cmac.Number(tag) & ~((UInt128)1 << 63 | (UInt128)1 << 31);
        Span<byte> key = stackalloc byte[AesBlock.Size];
        for (var at = 0; at < from.Length; at += AesBlock.Size, block++)
        {
            counter.Encrypt(Cmac.Block(block)).CopyTo(key);
            for (var i = 0; i < AesBlock.Size && at + i < from.Length; i++)
                to[at + i] = (byte)(from[at + i] ^ key[i]);
        }
    }
}
