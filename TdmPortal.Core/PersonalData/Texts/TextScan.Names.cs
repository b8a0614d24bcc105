using System.Runtime.CompilerServices;

namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>Names, places and streets, word by word.</summary>
internal ref partial struct TextScan
{
    private const int MostNames = 6;

    [SkipLocalsInit]
    private void Word(int start, int end)
    {
        Span<byte> folded = stackalloc byte[WordBook.LongestWord + 4];
        var size = WordBook.Fold(text[start..end], folded);
        if (size == 0)
        {
            FlushName();
            return;
        }

        folded = folded[..size];
        var entry = WordBook.Find(folded);
        for (var left = entry.Contexts; left != 0; left &= left - 1)
            seen[System.Numerics.BitOperations.TrailingZeroCount(left)] = words;
        if (Street(start, end, folded, entry.Kinds))
            return;
        if ((entry.Kinds & (WordKinds.City | WordKinds.Phrase)) != WordKinds.None)
            City(start, end, entry.Kinds);
        Name(start, end, entry.Kinds);
    }

    private void Name(int start, int end, WordKinds kinds)
    {
        var isCapital = IsCapital(start);
        var known = kinds & (WordKinds.FirstName | WordKinds.LastName);
        if (nameCount > 0 && !Adjoins(names[nameCount - 1].End, start, kinds))
            FlushName();
        var joins = isCapital || (known != WordKinds.None && (kinds & WordKinds.Common) == WordKinds.None && end - start > 2) || (nameCount > 0 && (kinds & WordKinds.Particle) != WordKinds.None);
        if (!joins)
        {
            FlushName();
            return;
        }

        if ((kinds & WordKinds.Salutation) != WordKinds.None || nameCount == MostNames)
            FlushName();
        names[nameCount++] = new(start, end, kinds, isCapital);
    }

    /// <summary>Whether a word may belong to the name that ends at a place: a blank, a hyphen, an initial's point, "Miller, Anna".</summary>
    private readonly bool Adjoins(int end, int start, WordKinds kinds)
    {
        var gap = text[end..start];
        var last = names[nameCount - 1];
        return gap.Length switch
        {
            1 => gap[0] is (byte)' ' or (byte)'-' or (byte)'\'',
            2 when gap[0] == '.' && gap[1] == ' ' => last.End - last.Start == 1 || (last.Kinds & WordKinds.Salutation) != WordKinds.None,
            2 when gap[0] == ',' && gap[1] == ' ' => nameCount == 1 && (last.Kinds & WordKinds.LastName) != WordKinds.None && (kinds & WordKinds.FirstName) != WordKinds.None && (kinds & WordKinds.Common) == WordKinds.None,
            _ => false,
        };
    }

    /// <summary>What the words under way come to.</summary>
    private void FlushName()
    {
        var count = nameCount;
        nameCount = 0;
        while (count > 0 && (names[count - 1].Kinds & WordKinds.Particle) != WordKinds.None && !names[count - 1].IsCapital)
            count--;
        for (var i = 0; i < count;)
            i = Person(i, count);
    }

    /// <summary>A person from a word on.</summary>
    /// <returns>Where to go on.</returns>
    private readonly int Person(int at, int count)
    {
        var first = names[at];
        if ((first.Kinds & WordKinds.Salutation) != WordKinds.None)
        {
            if (at + 1 >= count || (!names[at + 1].IsCapital && Known(names[at + 1]) == WordKinds.None))
                return at + 1;
            var from = at + 1;
            var given = (names[from].Kinds & WordKinds.FirstName) != WordKinds.None;
            var to = Unit(from, count);
            var isFull = given && to < count && names[to].IsCapital && !IsCommon(names[to]);
            if (isFull)
                to = Unit(to, count);
            Add(isFull ? "full_name" : given && (names[from].Kinds & WordKinds.LastName) == WordKinds.None ? "first_name" : "last_name", names[from].Start, names[to - 1].End, isFull ? 0.9 : 0.8);
            return to;
        }

        var known = Known(first);
        if (known == WordKinds.None || (first.Kinds & WordKinds.Salutation) != WordKinds.None)
            return at + 1;
        var next = Unit(at, count);

        // First names, initials and particles in between.
        var middle = next;
        while (middle < count && middle - next < 2 && ((names[middle].End - names[middle].Start == 1 && names[middle].IsCapital) || (middle + 1 < count && (names[middle].Kinds & WordKinds.FirstName) != WordKinds.None && Known(names[middle + 1]) == WordKinds.LastName)))
            middle++;
        if ((known & WordKinds.FirstName) != WordKinds.None && middle < count)
        {
            var last = names[middle];
            var both = (Known(last) & WordKinds.LastName) != WordKinds.None;
            var confidence = both ? (first.IsCapital && last.IsCapital ? 0.85 : 0.5) : last.IsCapital && first.IsCapital && !IsCommon(last) && (last.Kinds & (WordKinds.City | WordKinds.Month | WordKinds.Country | WordKinds.StreetEnd)) == WordKinds.None ? 0.5 : 0;
            if (both && IsCommon(first) && IsCommon(last))
                confidence = 0.35;
            else if (IsCommon(first) || (both && IsCommon(last)))
                confidence -= both ? 0.15 : 0.2;
            if (confidence > 0.3)
            {
                var to = Unit(middle, count);
                Add("full_name", first.Start, names[to - 1].End, confidence, Context.Name);
                return to;
            }
        }

        if ((known & WordKinds.LastName) != WordKinds.None && next < count && (Known(names[next]) & WordKinds.FirstName) != WordKinds.None && !IsCommon(first) && !IsCommon(names[next]) && first.IsCapital)
        {
            Add("full_name", first.Start, names[next].End, 0.7, Context.Name);
            return next + 1;
        }

        if (!first.IsCapital || first.End - first.Start < 3)
            return next;
        if (!IsCommon(first) && (first.Kinds & (WordKinds.City | WordKinds.Country | WordKinds.Region | WordKinds.Month)) == WordKinds.None)
            Add((known & WordKinds.FirstName) != WordKinds.None ? "first_name" : "last_name", first.Start, names[next - 1].End, (known & WordKinds.FirstName) != WordKinds.None ? 0.45 : 0.3, Context.Name);
        return next;
    }

    /// <summary>The end of the words that are one: hyphens, particles before a name.</summary>
    private readonly int Unit(int at, int count)
    {
        var to = at;
        while (to < count - 1 && (names[to].Kinds & WordKinds.Particle) != WordKinds.None && (names[to].Kinds & WordKinds.FirstName) == WordKinds.None && to - at < 3)
            to++;
        to++;
        while (to < count && text[names[to - 1].End] is (byte)'-' or (byte)'\'')
            to++;
        return to;
    }

    private static WordKinds Known(NameWord word) => word.Kinds & (WordKinds.FirstName | WordKinds.LastName);

    private static bool IsCommon(NameWord word) => (word.Kinds & WordKinds.Common) != WordKinds.None;

    /// <summary>Begins with a capital letter, ASCII or not.</summary>
    private readonly bool IsCapital(int start)
    {
        if (text[start] < 0x80)
            return char.IsAsciiLetterUpper((char)text[start]);
        return System.Text.Rune.DecodeFromUtf8(text[start..], out var rune, out _) == System.Buffers.OperationStatus.Done && System.Text.Rune.IsUpper(rune);
    }

    private record struct NameWord(int Start, int End, WordKinds Kinds, bool IsCapital);

    [InlineArray(MostNames)]
    private struct NameWords
    {
        private NameWord first;
    }
}
