using System.Runtime.Intrinsics;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Texts in which people are written about: what is found personal becomes what it becomes in a column of its kind, and values of the
/// same row's columns that the text repeats become what they became there.
/// </summary>
internal sealed class FreeTextMasker : TextMasker
{
    /// <summary>Shorter values are found in too many words.</summary>
    private const int Shortest = 3;

    [ThreadStatic]
    private static List<TextFinding>? findings;

    private readonly TextFinder finder;
    private readonly Dictionary<PersonalKind, PieceMasker> kinds;
    private readonly (int Original, int Masked)[] repeated;
    private readonly JsonMasker json;

    private FreeTextMasker(MaskerContext context, double least)
        : base(context.Column.MaxLength)
    {
        finder = context.Finder(least);
        kinds = PieceMasker.OfAllKinds(context);
        json = JsonMasker.Finding(context, new(context, finder, kinds));
        IEnumerable<string> fields = context.OptionalText("follow") is { } follow ? follow.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : context.Repeated;
        repeated = [.. fields.Where(field => field != context.Column.Name).Where(field => context.Columns.FirstOrDefault(column => column.Name == field) is null or { Type: FieldType.String, IsArray: false })
            .Select(field => (context.Companion(field, masked: false), context.Companion(field, masked: true)))];
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("free_text", "Free text", MaskerForm.Texts,
        "Names, addresses, numbers and all else that is found personal in a text becomes what it becomes in a column of its kind; what the text repeats of its row follows that row, and so do names that stand in columns of other tables; of JSON only texts are looked at; the rest stays.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "Called anna.miller@acme.com, will ring +49 171 3920017", Create,
        [
            Number("least", "From which confidence on a finding counts.", PersonalFinding.Counts, 0.05, 1),
            Text("follow", "Columns of the row whose values the text may repeat, parted by commas; all personal ones where it is not given."),
            new("person", ArgumentKind.Field, "The column that says whose dates of birth stand in texts that are JSON, such as customer_id: they move as in columns that are shifted by person."),
        ], synonyms: "notes, comments, description, text, names in text, redact text");

    private static FreeTextMasker? Create(MaskerContext context)
    {
        var least = context.Number("least");
        if (context.Failed())
            return null;
        var masker = new FreeTextMasker(context, least);
        return context.Failed() ? null : masker;
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        if (value.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] && json.TryWrite(batch, row, value, to))
            return;
        var found = findings ??= [];
        finder.Find(value, found);
        var firsts = batch.Scratch(repeated.Length);
        var starts = Starts(batch, row, firsts);
        var next = 0;
        var written = 0;
        for (var at = 0; at < value.Length;)
        {
            // What the row says of itself is surer than what is found by itself.
            if (starts.Has(value[at]) && IsStart(value, at) && Repeated(batch, row, firsts, value, at) is { Length: > 0 } own)
            {
                to.Append(value[written..at]);
                to.Append(((TextColumn)batch.Companion(repeated[own.Column].Masked))[row]);
                at = written = at + own.Length;
                continue;
            }

            while (next < found.Count && found[next].Start < at)
                next++;
            if (next < found.Count && found[next].Start == at && !Overlaps(batch, row, firsts, value, found[next], starts))
            {
                to.Append(value[written..at]);
                if (kinds.TryGetValue(found[next].Kind, out var masker))
                    masker.Write(value.Slice(at, found[next].Length), to);
                else
                    to.Append(value.Slice(at, found[next].Length));
                at = written = at + found[next].Length;
                continue;
            }

            // On to the next piece, or to the next byte with which a value of the row begins.
            at++;
            while (next < found.Count && found[next].Start < at)
                next++;
            var end = next < found.Count ? found[next].Start : value.Length;
            while (at < end && !starts.Has(value[at]))
                at++;
        }

        to.Append(value[written..]);
    }

    /// <summary>Whether the row's own value begins inside a piece that was found: then the piece gives way to it.</summary>
    private bool Overlaps(MaskBatch batch, int row, ReadOnlySpan<byte> firsts, ReadOnlySpan<byte> value, TextFinding piece, FirstBytes starts)
    {
        if (piece.Kind.Name is not ("full_name" or "address"))
            return false;
        for (var at = piece.Start + 1; at < piece.Start + piece.Length; at++)
        {
            if (starts.Has(value[at]) && IsStart(value, at) && Repeated(batch, row, firsts, value, at).Length > 0)
                return true;
        }

        return false;
    }

    /// <summary>With which bytes the row's own values begin: nearly all places of a text are passed over by it.</summary>
    /// <param name="firsts">Filled with the first byte of each, small; 0 where it has none that could be repeated.</param>
    private FirstBytes Starts(MaskBatch batch, int row, Span<byte> firsts)
    {
        var starts = default(FirstBytes);
        for (var i = 0; i < repeated.Length; i++)
        {
            firsts[i] = 0;
            if (batch.Companion(repeated[i].Original) is not TextColumn column || column.IsNull(row) || batch.Companion(repeated[i].Masked).IsNull(row))
                continue;
            var own = column[row].Trim((byte)' ');
            if (own.Length < Shortest)
                continue;
            firsts[i] = Small(own[0]);
            starts.Add(own[0]);
        }

        return starts;
    }

    /// <summary>The longest value of the row that the text repeats at a place, as a whole word, however its letters are written.</summary>
    private (int Column, int Length) Repeated(MaskBatch batch, int row, ReadOnlySpan<byte> firsts, ReadOnlySpan<byte> text, int at)
    {
        var best = (Column: 0, Length: 0);
        var first = Small(text[at]);
        for (var i = 0; i < firsts.Length; i++)
        {
            if (firsts[i] != first || first == 0)
                continue;
            var own = ((TextColumn)batch.Companion(repeated[i].Original))[row].Trim((byte)' ');
            if (own.Length <= best.Length || text.Length - at < own.Length || !Same(text.Slice(at, own.Length), own))
                continue;
            if (at + own.Length == text.Length || !IsLetter(text[at + own.Length]))
                best = (i, own.Length);
        }

        return best;
    }

    private static byte Small(byte c) => char.IsAsciiLetterUpper((char)c) ? (byte)(c | 0x20) : c;

    private static bool Same(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] != other[i] && (!char.IsAsciiLetter((char)one[i]) || (one[i] ^ other[i]) != 0x20))
                return false;
        }

        return true;
    }

    private static bool IsStart(ReadOnlySpan<byte> text, int at) => at == 0 || !IsLetter(text[at - 1]);

    private static bool IsLetter(byte c) => c >= 0x80 || char.IsAsciiLetterOrDigit((char)c);

    /// <summary>A set of bytes, letters in either case.</summary>
    private struct FirstBytes
    {
        private Vector256<ulong> bits;

        public void Add(byte c)
        {
            Set(c);
            if (char.IsAsciiLetter((char)c))
                Set((byte)(c ^ 0x20));
        }

        public readonly bool Has(byte c) => (bits.GetElement(c >> 6) & 1UL << (c & 63)) != 0;

        private void Set(byte c) => bits = bits.WithElement(c >> 6, bits.GetElement(c >> 6) | 1UL << (c & 63));
    }
}
