using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.PersonalData;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// National identity, insurance and tax numbers: numbers of the same form are stepped through in a keyed order until one is right by its
/// country's check. What no country knows is permuted as it is.
/// </summary>
internal sealed class NationalIdMasker(MaskerContext context) : TextMasker(context.Column.MaxLength)
{
    /// <summary>More than the numbers between two right ones of any country known, so that running out is a matter of millions to one.</summary>
    private const int Steps = 20_000;
    private const int Longest = 24;
    private static readonly TextFinder Finder = new(0.01, ["national_id", "social_security", "tax_id"]);

    [ThreadStatic]
    private static List<TextFinding>? findings;

    [ThreadStatic]
    private static Form? form;

    private readonly NumberMap map = new(context.Key);
    private readonly ValueKey values = context.Values;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("national_id", "Other national number", MaskerForm.KeepForm, "Identity, insurance and tax numbers of 25 countries become others of the same form with right check digits, different for each.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.KeepsForm, "078-05-1121", static context => new NationalIdMasker(context),
        synonyms: "ssn, social security, tax number, passport, PESEL, NINO, CPF, insurance number, Steuer-ID");

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        to.Append(value);
        var text = to.Current[^value.Length..];
        var (number, size) = value.Length <= Longest ? CharacterNumber.Read(value) : default;
        if (value.Length > Longest || size < Ff1.LeastDomain || !System.Text.Ascii.IsValid(value))
        {
            to.Truncate(to.Current.Length - value.Length);
            Scrambling.Write(values.Draw(value), value, to);
            return;
        }

        if (Kind(text) is { } kind)
        {
            if (map.Map(number, size, (form ??= new()).Of(value, kind), Steps) is { } found)
            {
                CharacterNumber.Write(text, found);
                return;
            }
        }

        CharacterNumber.Write(text, map.Map(number, size));
    }

    /// <summary>What the whole text is, null where it is none of them.</summary>
    private static PersonalKind? Kind(ReadOnlySpan<byte> text)
    {
        var found = findings ??= [];
        Finder.Find(text, found);
        return found is [var only] && only.Length == text.Length ? only.Kind : null;
    }

    /// <summary>A number's form, tried with other digits; one a thread, since every value needs it.</summary>
    private sealed class Form
    {
        private readonly byte[] room = new byte[Longest];
        private readonly Func<UInt128, bool> wanted;
        private int length;
        private PersonalKind? kind;

        public Form() => wanted = IsWanted;

        /// <summary>Whether a number, written in the form of a text, is of a kind; valid until the next one.</summary>
        public Func<UInt128, bool> Of(ReadOnlySpan<byte> text, PersonalKind own)
        {
            text.CopyTo(room);
            (length, kind) = (text.Length, own);
            return wanted;
        }

        private bool IsWanted(UInt128 number)
        {
            CharacterNumber.Write(room.AsSpan(0, length), number);
            return ReferenceEquals(Kind(room.AsSpan(0, length)), kind);
        }
    }
}
