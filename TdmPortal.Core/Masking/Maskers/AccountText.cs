using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.People;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Generators.Vocabulary;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// The part of an address before the @, and user names: a fake person's name and eight characters that tell values apart. Names and
/// characters come from different bits of the value's keyed number, 60 and more in all: among a million values two meet with a
/// probability below one in a million.
/// </summary>
internal sealed class AccountText
{
    /// <summary>Digits and letters without i, l, o and u, which are mistaken for others (D. Crockford's base 32).</summary>
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Tail = 8;
    private const int LongTail = 13;
    private readonly TextTable[] first;
    private readonly TextTable[] last;
    private readonly string locale;

    public AccountText(string locale)
    {
        var names = PersonNames.Of(locale);
        this.locale = Locale.Get(locale).Name;
        first = [.. names.FirstSlugs.Select(Table)];
        last = [.. names.LastSlugs.Select(Table)];
    }

    /// <summary>The least room with which values stay apart.</summary>
    public static int Least => LongTail;

    /// <summary>Appends <c>anna.miller.7k3m9x2v</c>; where there is less room, thirteen characters alone.</summary>
    /// <param name="most">Bytes that there is room for.</param>
    public void Write(ref KeyedNumbers draw, TextColumn to, int most)
    {
        var gender = (int)draw.Below(2);
        var given = first[gender][(int)draw.Below((ulong)first[gender].Count)];
        var family = last[gender][(int)draw.Below((ulong)last[gender].Count)];
        if (given.Length + family.Length + 2 + Tail > most)
        {
            Characters(ref draw, to, Math.Min(LongTail, most));
            return;
        }

        to.Append(given);
        to.Append((byte)'.');
        to.Append(family);
        to.Append((byte)'.');
        Characters(ref draw, to, Tail);
    }

    /// <summary>Writes the row under way, which holds a first and a last name, anew in a to z, with the characters behind it.</summary>
    /// <param name="middle">Where the last name begins.</param>
    public void Name(int middle, ref KeyedNumbers draw, TextColumn to, int most)
    {
        Span<byte> names = stackalloc byte[256];
        var size = Math.Min(to.Current.Length, names.Length);
        to.Current[..size].CopyTo(names);
        to.Truncate(0);
        Slug(names[..middle], to);
        to.Append((byte)'.');
        Slug(names[middle..size], to);
        if (to.Current.Length + 1 + Tail > most)
        {
            to.Truncate(0);
            Characters(ref draw, to, Math.Min(LongTail, most));
            return;
        }

        to.Append((byte)'.');
        Characters(ref draw, to, Tail);
    }

    private void Slug(ReadOnlySpan<byte> name, TextColumn to)
    {
        if (!Ascii.IsValid(name))
        {
            to.Append(Encoding.ASCII.GetBytes(Transliteration.ToAscii(Encoding.UTF8.GetString(name), locale)));
            return;
        }

        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit((char)c))
                to.Append((byte)(c | 0x20));
        }
    }

    private static void Characters(ref KeyedNumbers draw, TextColumn to, int count)
    {
        var bits = draw.Next();
        for (var i = 0; i < count; i++)
        {
            to.Append((byte)Alphabet[(int)(bits & 31)]);
            bits >>= 5;
            if (i == 11)
                bits = draw.Next();
        }
    }

    private static TextTable Table(string[] texts) => new([.. texts.Select(text => Encoding.ASCII.GetBytes(text.Length > 24 ? text[..24] : text))]);
}
