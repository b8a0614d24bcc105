using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Vocabulary;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Names in one column. Each part becomes what it becomes in a column of its own; or the masked first and last names of the same row are
/// put in their place. Titles, commas and the order stay.
/// </summary>
internal sealed class FullNameMasker : TextMasker
{
    private static readonly byte[][] Titles = [.. new[] { "dr", "dr.", "prof", "prof.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "herr", "frau", "ing.", "dipl.-ing.", "mag.", "sr.", "sra.", "m.", "mme", "jr", "jr.", "ii", "iii", "phd" }.Select(Encoding.ASCII.GetBytes)];
    private readonly NameChoice first;
    private readonly NameChoice last;
    private readonly int? firstColumn;
    private readonly int? lastColumn;
    private readonly bool familyFirst;

    private FullNameMasker(MaskerContext context)
        : base(context.Column.MaxLength)
    {
        var locale = context.OptionalText("locale") ?? context.Locale;
        first = new(context.ValuesOf("first_name"), locale, null, first: true);
        last = new(context.ValuesOf("last_name"), locale, null, first: false);
        firstColumn = context.Field("first", masked: true);
        lastColumn = context.Field("last", masked: true);
        familyFirst = Locale.Get(locale).Name is "ja" or "zh_CN" or "ko";
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("full_name", "Fake full name", MaskerForm.Replace, "Other names part by part, as first and last name become in their own columns; or the masked names of the same row.", Kinds.Text,
        MaskerTraits.Consistent, "Dr. Anna Miller", Create,
        [new("first", ArgumentKind.Field, "The column of first names whose masked value it follows."), new("last", ArgumentKind.Field, "The column of last names whose masked value it follows."), NameMasker.Locale],
        synonyms: "name, customer name, contact, substitute");

    private static FullNameMasker? Create(MaskerContext context)
    {
        if (!NameMasker.CheckLocale(context))
            return null;
        var masker = new FullNameMasker(context);
        return context.Failed() ? null : masker;
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var comma = value.IndexOf((byte)',');
        if (comma >= 0)
        {
            // Miller, Anna
            Family(batch, row, value[..comma].Trim((byte)' '), to);
            to.Append(value.Slice(comma, 1));
            to.Append((byte)' ');
            Given(batch, row, value[(comma + 1)..].Trim((byte)' '), to);
            return;
        }

        value = value.Trim((byte)' ');
        while (Word(value) is var title && title < value.Length && IsTitle(value[..title]))
        {
            to.Append(value[..(title + 1)]);
            value = value[(title + 1)..];
        }

        var split = familyFirst ? Word(value) : FamilyStart(value);
        if (familyFirst)
        {
            Family(batch, row, value[..split], to);
            if (split < value.Length)
                to.Append((byte)' ');
            Given(batch, row, value[Math.Min(split + 1, value.Length)..], to);
        }
        else
        {
            Given(batch, row, value[..Math.Max(0, split - 1)], to);
            if (split > 0)
                to.Append((byte)' ');
            Family(batch, row, value[split..], to);
        }
    }

    private void Given(MaskBatch batch, int row, ReadOnlySpan<byte> names, TextColumn to)
    {
        if (Follow(batch, row, firstColumn, names, to))
            return;
        for (var any = false; !names.IsEmpty; any = true)
        {
            var end = Word(names);
            if (any)
                to.Append((byte)' ');
            var name = names[..end];
            if (name.Length <= 2 && (name.Length < 2 || name[1] == '.'))
                Initial(name, to);
            else if (!name.IsEmpty)
                first.Write(name, to);
            names = names[Math.Min(end + 1, names.Length)..];
        }
    }

    private void Family(MaskBatch batch, int row, ReadOnlySpan<byte> name, TextColumn to)
    {
        if (name.IsEmpty || Follow(batch, row, lastColumn, name, to))
            return;

        // A single word may be a first name.
        if (to.Current.IsEmpty && name.IndexOf((byte)' ') < 0 && NameIndex.Last.Find(name).Locales == 0 && NameIndex.First.Find(name).Locales != 0)
            first.Write(name, to);
        else
            last.Write(name, to);
    }

    private static bool Follow(MaskBatch batch, int row, int? column, ReadOnlySpan<byte> original, TextColumn to)
    {
        if (column is not { } place || original.IsEmpty || batch.Companion(place) is not TextColumn names || names.IsNull(row))
            return false;
        var name = names[row];
        var room = to.Reserve(name.Length)[..name.Length];
        name.CopyTo(room);
        LetterCase.Like(original, room);
        to.Advance(name.Length);
        return true;
    }

    /// <summary>The initial of another name: of the one that the letter alone becomes.</summary>
    private void Initial(ReadOnlySpan<byte> letter, TextColumn to)
    {
        if (letter.IsEmpty)
            return;
        var before = to.Current.Length;
        first.Write(letter, to);
        Rune.DecodeFromUtf8(to.Current[before..], out _, out var size);
        to.Truncate(before + size);
        to.Append(letter[1..]);
    }

    /// <summary>Where the family name begins: at the first word in small letters (van der Berg), else at the last word.</summary>
    private static int FamilyStart(ReadOnlySpan<byte> value)
    {
        for (var at = 0; at < value.Length;)
        {
            var end = at + Word(value[at..]);
            if (at > 0 && value[at] is >= (byte)'a' and <= (byte)'z' && value[..at].IndexOfAnyInRange((byte)'A', (byte)'Z') >= 0)
                return at;
            at = end + 1;
        }

        var words = value;
        var suffix = words.LastIndexOf((byte)' ');
        if (suffix > 0 && IsTitle(words[(suffix + 1)..]))
            words = words[..suffix];
        return words.LastIndexOf((byte)' ') + 1;
    }

    private static bool IsTitle(ReadOnlySpan<byte> word)
    {
        foreach (var title in Titles)
        {
            if (Ascii.EqualsIgnoreCase(word, title))
                return true;
        }

        return false;
    }

    private static int Word(ReadOnlySpan<byte> text) => text.IndexOf((byte)' ') is var blank && blank < 0 ? text.Length : blank;
}
