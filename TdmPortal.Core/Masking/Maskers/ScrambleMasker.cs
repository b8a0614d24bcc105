using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Letters become other letters, digits other digits.</summary>
internal sealed class ScrambleMasker(MaskerContext context) : TextMasker(context.Column.MaxLength)
{
    private readonly ValueKey values = context.Values;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("scramble", "Scramble characters", MaskerForm.KeepForm, "Each letter becomes another letter and each digit another digit; case, length and punctuation stay.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.KeepsForm, "Room 12-B", static context => new ScrambleMasker(context), synonyms: "character scramble, format, random characters");

    /// <summary>Number plates.</summary>
    public static MaskerDefinition Plate { get; } = MaskerForm.Make("plate", "Number plate", MaskerForm.KeepForm, "Other letters and digits in the places of the plate's own.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.KeepsForm, "B-MW 4711", static context => new ScrambleMasker(context), synonyms: "licence plate, license, car, registration");

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to) => Scrambling.Write(values.Draw(value), value, to);
}
