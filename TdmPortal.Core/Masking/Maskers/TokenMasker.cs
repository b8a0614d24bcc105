using System.Buffers.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>The value sealed under the key (AES-SIV), written in base 64 for addresses.</summary>
internal sealed class TokenMasker(MaskerContext context) : TextMasker(context.Column.MaxLength)
{
    private readonly MaskingKey key = context.Key;
    private readonly int room = context.Column.MaxLength ?? int.MaxValue;

    private static ReadOnlySpan<byte> Prefix => "tok_"u8;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("token", "Reversible token", MaskerForm.Replace, "The value encrypted; an administrator with a reason can read it back, which is audited.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.Reversible, "4711-A", Create, synonyms: "tokenise, tokenize, encrypt, vault, reversible");

    /// <summary>Reads a token back.</summary>
    /// <returns>Null: it is no token, or of another key.</returns>
    public static byte[]? Reveal(MaskingKey key, ReadOnlySpan<byte> token)
    {
        if (!token.StartsWith(Prefix) || !Base64Url.IsValid(token[Prefix.Length..], out var size) || size < MaskingKey.SealAdds)
            return null;
        var content = Base64Url.DecodeFromUtf8(token[Prefix.Length..]);
        var value = new byte[content.Length - MaskingKey.SealAdds];
        return key.TryOpen(content, value) ? value : null;
    }

    private static Masker? Create(MaskerContext context)
    {
        // Prefix, seal, and four bytes for each three of at most four a character.
        if (context.Column.MaxLength is { } length && length < 4 + Base64Url.GetEncodedLength(MaskingKey.SealAdds + 1))
        {
            context.Report("masking.too_short", $"{context.Column.Name} has room for {length} characters, and a token takes at least {4 + Base64Url.GetEncodedLength(MaskingKey.SealAdds + 1)}.", "Choose fpe, which keeps the length and can be read back too");
            return null;
        }

        return new TokenMasker(context);
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var size = Base64Url.GetEncodedLength(value.Length + MaskingKey.SealAdds);
        if (Prefix.Length + size <= room)
        {
            var content = batch.Scratch(value.Length + MaskingKey.SealAdds)[..(value.Length + MaskingKey.SealAdds)];
            key.Seal(value, content);
            to.Append(Prefix);
            Base64Url.EncodeToUtf8(content, to.Reserve(size));
            to.Advance(size);
            return;
        }

        // A cut token could not be read back, so what is too long for the column becomes a hash.
        var hash = batch.Scratch(32)[..32];
        key.Hmac(value, hash);
        to.Append("tkh_"u8);
        Base64Url.EncodeToUtf8(hash[..15], to.Reserve(20));
        to.Advance(20);
    }
}
