using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Phrases;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>The first characters, such as those of a postcode that say the area.</summary>
internal sealed class PrefixMasker : TextMasker
{
    private readonly int kept;
    private readonly byte fill;

    private PrefixMasker(MaskerContext context, int kept, string fill)
        : base(context.Column.MaxLength) => (this.kept, this.fill) = (kept, fill.Length == 0 ? (byte)0 : (byte)fill[0]);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("prefix", "First characters", MaskerForm.Generalise, "The first characters stay, which of a postcode say the area; the others become one character, or go.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "62704", Create,
        [Integer("length", "How many characters stay.", 3, 0, 100), Text("fill", "The character that stands for each of the others; empty: they go.", "0")], synonyms: "postcode, zip, area, truncate, generalise");

    private static PrefixMasker? Create(MaskerContext context)
    {
        var length = context.Integer("length");
        var character = context.Argument("fill") is { ValueKind: System.Text.Json.JsonValueKind.String } text ? text.GetString()! : "0";
        if (character.Length > 1 || character.Any(c => c is < ' ' or > '~'))
            context.Refuse("fill", "must be one character of ASCII, or empty");
        return context.Failed() ? null : new PrefixMasker(context, length, character);
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var size = Utf8.Cut(value, kept);
        to.Append(value[..size]);
        if (fill == 0)
            return;

        // Separators stay, so that a postcode stays one: SW1A 1AA becomes SW0 000.
        foreach (var c in value[size..])
        {
            if ((c & 0xC0) != 0x80)
                to.Append(c is (byte)' ' or (byte)'-' ? c : fill);
        }
    }
}
