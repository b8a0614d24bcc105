namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>Takes a whole value for a name or a city.</summary>
internal static class NameBook
{
    /// <summary>A value of one to four words that are known.</summary>
    public static NameForm Find(ReadOnlySpan<byte> value)
    {
        if (value.Length is < 2 or > WordBook.LongestWord || value.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0)
            return NameForm.None;
        Span<byte> folded = stackalloc byte[WordBook.LongestWord + 4];
        var size = WordBook.Fold(value, folded);
        if (size == 0)
            return NameForm.None;
        var whole = WordBook.Find(folded[..size]).Kinds;
        if (value.IndexOfAny(" ,-"u8) < 0)
            return Of(whole) is not NameForm.None and var one ? one : (whole & WordKinds.City) != WordKinds.None ? NameForm.City : Joined(folded[..size]);
        if ((whole & WordKinds.City) != WordKinds.None)
            return NameForm.City;

        // Words: "Anna Maria Müller", "Müller, Anna", "Dr. Anna Müller", "Jean-Pierre".
        var (count, first, last, hyphens) = (0, false, false, value.IndexOfAny(" ,"u8) < 0);
        var all = true;
        foreach (var range in folded[..size].SplitAny(" ,-."u8))
        {
            var word = folded[range];
            if (word.IsEmpty)
                continue;
            var kinds = WordBook.Find(word).Kinds;
            if ((kinds & (WordKinds.Salutation | WordKinds.Particle)) != WordKinds.None || word.Length == 1)
                continue;
            if (++count > 4)
                return NameForm.None;
            first |= (kinds & WordKinds.FirstName) != WordKinds.None;
            last |= (kinds & WordKinds.LastName) != WordKinds.None;
            all &= (kinds & (WordKinds.FirstName | WordKinds.LastName)) != WordKinds.None && (kinds & WordKinds.Common) == WordKinds.None;
        }

        if (count == 0 || !(first || last))
            return NameForm.None;
        if (hyphens)
            return all ? (first, last) switch { (true, true) => NameForm.Either, (true, _) => NameForm.First, _ => NameForm.Last } : NameForm.None;
        if (count == 1)
            return all ? NameForm.Last : NameForm.None;
        return all && first && last ? NameForm.Full : NameForm.None;
    }

    private static NameForm Of(WordKinds kinds) => (kinds & WordKinds.Common) != WordKinds.None
        ? NameForm.None
        : (kinds & (WordKinds.FirstName | WordKinds.LastName)) switch
        {
            WordKinds.FirstName | WordKinds.LastName => NameForm.Either,
            WordKinds.FirstName => NameForm.First,
            WordKinds.LastName => NameForm.Last,
            _ => NameForm.None,
        };

    /// <summary>Chinese, Japanese and Korean names have no blank between them: a family name and a given name that are known.</summary>
    private static NameForm Joined(ReadOnlySpan<byte> text)
    {
        if (text[0] < 0xE2 || text.Length > 24)
            return NameForm.None;
        for (var cut = 1; cut < text.Length; cut++)
        {
            if ((text[cut] & 0xC0) == 0x80)
                continue;
            if ((WordBook.Find(text[..cut]).Kinds & WordKinds.LastName) != WordKinds.None && (WordBook.Find(text[cut..]).Kinds & WordKinds.FirstName) != WordKinds.None)
                return NameForm.Full;
        }

        return NameForm.None;
    }
}
