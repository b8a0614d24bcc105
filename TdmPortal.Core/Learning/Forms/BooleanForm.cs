using System.Text;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Forms;

/// <summary>Two words for true and false, in any case.</summary>
internal sealed class BooleanForm(string yes, string no) : CellForm(FieldType.Boolean, (yes, no) is ("true", "false") ? null : $"{yes}/{no}")
{
    /// <summary>All that are looked for; 1/0 is looked for as a number first.</summary>
    public static IReadOnlyList<BooleanForm> All { get; } =
    [
        new("true", "false"), new("t", "f"), new("yes", "no"), new("y", "n"), new("ja", "nein"), new("j", "n"), new("wahr", "falsch"), new("on", "off"), new("oui", "non"), new("vrai", "faux"),
        new("sí", "no"), new("si", "no"), new("1", "0"),
    ];

    private readonly byte[] yes = Encoding.UTF8.GetBytes(yes);
    private readonly byte[] no = Encoding.UTF8.GetBytes(no);

    public override bool TryNormalise(ReadOnlySpan<byte> text, Span<byte> to, out int length)
    {
        var isTrue = Same(text, yes);
        length = isTrue ? 4 : 5;
        if (!isTrue && !Same(text, no))
            return false;
        (isTrue ? "true"u8 : "false"u8).CopyTo(to);
        return true;
    }

    private static bool Same(ReadOnlySpan<byte> text, byte[] word) => text.SequenceEqual(word) || (text.Length == word.Length && Ascii.IsValid(text) && Ascii.EqualsIgnoreCase(text, word));
}
