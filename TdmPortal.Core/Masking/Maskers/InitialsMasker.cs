using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Initials of the row's masked names; other letters where no names are given.</summary>
internal sealed class InitialsMasker : TextMasker
{
    private readonly ValueKey values;
    private readonly int? first;
    private readonly int? last;

    private InitialsMasker(MaskerContext context)
        : base(context.Column.MaxLength) => (values, first, last) = (context.Values, context.Field("first", masked: true), context.Field("last", masked: true));

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("initials", "Initials", MaskerForm.Replace, "The first letters of the masked names of the row, with the points that the original has; else other letters.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.KeepsForm | MaskerTraits.MayKeepValue, "A.M.", Create,
        [new("first", ArgumentKind.Field, "The column of first names (or of full names) whose masked value they follow."), new("last", ArgumentKind.Field, "The column of last names whose masked value they follow.")], synonyms: "monogram");

    private static InitialsMasker? Create(MaskerContext context)
    {
        var masker = new InitialsMasker(context);
        return context.Failed() ? null : masker;
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        if (first is null && last is null)
        {
            Scrambling.Write(values.Draw(value), value, to);
            return;
        }

        var points = value.Contains((byte)'.');
        Of(batch, row, first, points, to);
        Of(batch, row, last, points, to);
        if (LetterCaseIsSmall(value))
            LetterCase.Like(value, to.Current);
    }

    private static bool LetterCaseIsSmall(ReadOnlySpan<byte> value) => value.IndexOfAnyInRange((byte)'A', (byte)'Z') < 0;

    private static void Of(MaskBatch batch, int row, int? column, bool points, TextColumn to)
    {
        if (column is not { } place || batch.Companion(place) is not TextColumn text || text.IsNull(row))
            return;
        var name = text[row];
        while (!name.IsEmpty)
        {
            Rune.DecodeFromUtf8(name, out _, out var size);
            to.Append(name[..size]);
            if (points)
                to.Append((byte)'.');
            var blank = name.IndexOf((byte)' ');
            name = blank < 0 ? default : name[blank..].TrimStart((byte)' ');
        }
    }
}
