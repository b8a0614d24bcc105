using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>HMAC-SHA-256 of the value's canonical form, written in hexadecimal or base 32.</summary>
internal sealed class HashMasker : TextMasker
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private readonly ValueKey values;
    private readonly MaskingKey key;
    private readonly bool hex;
    private readonly int length;

    private HashMasker(MaskerContext context, bool hex, int length)
        : base(context.Column.MaxLength) => (values, key, this.hex, this.length) = (context.Values, context.Key, hex, length);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("hash", "Keyed hash", MaskerForm.Replace, "A hash (HMAC-SHA-256) that nobody without the key can try values against.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne, "anna@acme.com", Create,
        [Option("encoding", "How it is written: hexadecimal, or base 32 in small letters, which is shorter.", "hex", "hex", "base32"), Integer("length", "How many characters of it; 13 in base 32 or 16 in hexadecimal tell a million values apart.", 32, 1, 64)],
        synonyms: "sha256, hmac, digest, fingerprint");

    private static Masker? Create(MaskerContext context)
    {
        var isHex = context.Option("encoding") == "hex";
        var most = isHex ? 64 : 52;
        var size = Math.Min(Math.Min(context.Integer("length"), most), context.Column.MaxLength ?? most);
        if (context.Unique && size < (isHex ? 16 : 13))
            context.Report("masking.too_short", $"{context.Column.Name} is a key, and {size} characters of a hash do not tell its values apart.", "Choose fpe, which keeps keys unique at any length", "Raise length");
        return context.Failed() ? null : new HashMasker(context, isHex, size);
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        // The canonical form's keyed number stands for it: 128 bits out of which no value can be told.
        Span<byte> number = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(number, values.Number(value));
        Span<byte> hash = stackalloc byte[32];
        key.Hmac(number, hash);
        var room = to.Reserve(length);
        for (var i = 0; i < length; i++)
            room[i] = hex ? (byte)"0123456789abcdef"[(hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 15] : (byte)Alphabet[Five(hash, i * 5)];
        to.Advance(length);
    }

    /// <summary>Five bits from a place on.</summary>
    private static int Five(ReadOnlySpan<byte> bytes, int bit)
    {
        var two = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
        return (two >> (11 - (bit % 8))) & 31;
    }
}
