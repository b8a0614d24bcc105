using System.Text;
using TdmPortal.Core.Generators.Vocabulary;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>A full name taken apart: "Dr. Anna Maria Müller", "Müller, Anna", "Jan van der Berg"; by its signs alone, so that the same name comes apart alike everywhere.</summary>
internal readonly ref struct NameParts
{
    private static readonly byte[][] AllTitles = [.. new[] { "dr", "dr.", "prof", "prof.", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "herr", "frau", "ing.", "dipl.-ing.", "mag.", "sr.", "sra.", "m.", "mme", "jr", "jr.", "ii", "iii", "phd" }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Titles before the name, with the blanks behind them.</summary>
    public ReadOnlySpan<byte> Titles { get; private init; }

    /// <summary>First names, parted by blanks; empty where there is but one word.</summary>
    public ReadOnlySpan<byte> Given { get; private init; }

    public ReadOnlySpan<byte> Family { get; private init; }

    /// <summary>What stands between given and family names.</summary>
    public ReadOnlySpan<byte> Between { get; private init; }

    public bool FamilyFirst { get; private init; }

    /// <summary>Whether names are written with the family name first where no comma tells.</summary>
    public static bool IsFamilyFirst(string locale) => Locale.Get(locale).Name is "ja" or "zh_CN" or "ko";

    /// <param name="familyFirst">As names are written in Chinese, Japanese and Korean.</param>
    public static NameParts Of(ReadOnlySpan<byte> value, bool familyFirst)
    {
        if (value.IndexOf((byte)',') is >= 0 and var comma)
            return new() { Family = value[..comma].Trim((byte)' '), Between = ", "u8, Given = value[(comma + 1)..].Trim((byte)' '), FamilyFirst = true };
        value = value.Trim((byte)' ');
        var name = value;
        while (Word(name) is var title && title < name.Length && IsTitle(name[..title]))
            name = name[(title + 1)..];
        var titles = value[..^name.Length];
        var split = familyFirst ? Word(name) : FamilyStart(name);
        return familyFirst
            ? new() { Titles = titles, Family = name[..split], Between = split < name.Length ? " "u8 : default, Given = name[Math.Min(split + 1, name.Length)..], FamilyFirst = true }
            : new() { Titles = titles, Given = name[..Math.Max(0, split - 1)], Between = split > 0 ? " "u8 : default, Family = name[split..] };
    }

    /// <summary>Bytes before the first blank.</summary>
    public static int Word(ReadOnlySpan<byte> text) => text.IndexOf((byte)' ') is var blank && blank < 0 ? text.Length : blank;

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
        foreach (var title in AllTitles)
        {
            if (Ascii.EqualsIgnoreCase(word, title))
                return true;
        }

        return false;
    }
}
