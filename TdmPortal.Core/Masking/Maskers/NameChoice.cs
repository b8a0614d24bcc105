using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.People;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Generators.Vocabulary;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Another name for a name: of the same gender, from a country where the original is known, chosen by its keyed number.</summary>
internal sealed class NameChoice
{
    private readonly WordList[][] lists;
    private readonly NameIndex index;
    private readonly ValueKey values;
    private readonly int locale;
    private readonly int? maxLength;

    /// <param name="first">First names, else family names.</param>
    public NameChoice(ValueKey values, string locale, int? maxLength, bool first)
    {
        (this.values, this.maxLength) = (values, maxLength);
        index = first ? NameIndex.First : NameIndex.Last;
        var own = Locale.Get(locale);
        this.locale = Locale.All.ToList().IndexOf(own);
        lists = [.. Locale.All.Select(one => PersonNames.Of(one.Name)).Select(names => first ? names.First : names.Last)];
    }

    /// <summary>Bytes that no name exceeds.</summary>
    private const int Room = 128;

    /// <summary>Appends the other name, in the original's case.</summary>
    /// <param name="gender">0 men, 1 women, where another column says it.</param>
    public void Write(ReadOnlySpan<byte> value, TextColumn to, int? gender = null)
    {
        var draw = values.Draw(value);
        var known = index.Find(value);
        var sex = gender ?? (known.Genders is 1 or 2 ? known.Genders - 1 : (int)draw.Below(2));
        var place = known.Locales == 0 || (known.Locales & (1UL << locale)) != 0 ? locale : System.Numerics.BitOperations.TrailingZeroCount(known.Locales);
        var list = lists[place][sex];
        var number = (int)draw.Below((ulong)list.Words);
        for (var tries = 0; tries < 64 && !Fits(list[number], value); tries++)
            number = number + 1 < list.Words ? number + 1 : 0;
        var room = to.Reserve(Room);
        var size = list.Copy(number, room);
        LetterCase.Like(value, room[..size]);
        to.Advance(size);
    }

    /// <summary>It is another name and not too long.</summary>
    private bool Fits(ReadOnlySpan<byte> name, ReadOnlySpan<byte> original)
    {
        if (maxLength is { } length && name.Length > length && Utf8.Length(name) > length)
            return false;
        return System.Text.Ascii.IsValid(name) ? !System.Text.Ascii.EqualsIgnoreCase(name, original.Trim((byte)' ')) : values.Number(name) != values.Number(original);
    }
}
