using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Forms;

/// <summary>A way to spell values of a type in a file: reads such a text and writes it as the product's own files have it.</summary>
/// <param name="name">As an <see cref="InspectedColumn.Form"/> has it; null: as the product writes it.</param>
internal abstract class CellForm(FieldType type, string? name)
{
    /// <summary>Room that any normalised value needs; longer texts are no value of any form.</summary>
    public const int Longest = 64;

    public FieldType Type => type;

    public string? Name => name;

    /// <summary>Writes the value as <see cref="Formats.TypedText"/> reads it; false: the text has not this form.</summary>
    public abstract bool TryNormalise(ReadOnlySpan<byte> text, Span<byte> to, out int length);
}
