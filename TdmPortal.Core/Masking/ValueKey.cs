using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace TdmPortal.Core.Masking;

/// <summary>
/// The keyed function over canonical values: what is the same in the identity's <see cref="CanonicalForm"/> has the same number,
/// whatever its case, padding and separators, be it an integer or a text. Immutable.
/// </summary>
/// <param name="key">The key of the identity.</param>
/// <param name="form">Not <see cref="CanonicalForm.Auto"/>, which stands for <see cref="CanonicalForm.Exact"/> here.</param>
/// <param name="callingCode">Digits that phone numbers without a country begin with; empty: they stay as they are.</param>
public sealed class ValueKey(MaskingKey key, CanonicalForm form, string callingCode = "")
{
    private const int OnStack = 512;

    private readonly byte[] code = Encoding.ASCII.GetBytes(callingCode);

    /// <summary>The key of the identity.</summary>
    public MaskingKey Key => key;

    /// <summary>In what sense values are the same.</summary>
    public CanonicalForm Form => form;

    /// <summary>The number of a text.</summary>
    [SkipLocalsInit]
    public UInt128 Number(ReadOnlySpan<byte> text)
    {
        if (form is CanonicalForm.Exact or CanonicalForm.Auto)
            return key.Number(text);
        var room = CanonicalText.RoomFor(text.Length);
        byte[]? rented = null;
        var canonical = room <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(room);
        try
        {
            ReadOnlySpan<byte> written = canonical[..CanonicalText.Write(form, text, code, canonical)];
            return form == CanonicalForm.Number && Utf8Parser.TryParse(written, out long number, out var used) && used == written.Length
                ? key.Number(number)
                : key.Number(written);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The number of an integer; a text that says the same integer has the same one where the form is <see cref="CanonicalForm.Number"/>.</summary>
    public UInt128 Number(long value) => key.Number(value);

    /// <summary>The number of 128 bits: a UUID, a wide decimal.</summary>
    public UInt128 Number(UInt128 value) => key.Number(value);

    /// <summary>Several numbers of a text.</summary>
    public KeyedNumbers Draw(ReadOnlySpan<byte> text) => key.Draw(Number(text));

    /// <summary>Several numbers of an integer.</summary>
    public KeyedNumbers Draw(long value) => key.Draw(Number(value));

    /// <summary>Writes the canonical form of a text.</summary>
    /// <param name="target">Of <see cref="CanonicalRoom"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public int Canonical(ReadOnlySpan<byte> text, Span<byte> target) => CanonicalText.Write(form, text, code, target);

    /// <summary>Bytes that are enough for the canonical form of a text of so many.</summary>
    public static int CanonicalRoom(int length) => CanonicalText.RoomFor(length);
}
