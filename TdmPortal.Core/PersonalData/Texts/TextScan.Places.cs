namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>Streets, cities and postcodes.</summary>
internal ref partial struct TextScan
{
    /// <summary>How far a street's number may be from its first word, in bytes.</summary>
    private const int LongestStreet = 64;

    private bool Street(int start, int end, scoped ReadOnlySpan<byte> folded, WordKinds kinds)
    {
        // 12 Main Street
        if ((kinds & WordKinds.StreetEnd) != WordKinds.None && nameCount is > 0 and <= 4 && number.End > 0 && Follows(number.End, names[0].Start) && names[nameCount - 1].End + 1 == start && names[0].IsCapital)
        {
            if (At(end) == '.')
                end++;
            return FoundStreet(number.Start, end);
        }

        // Hauptstraße 12, Frankfurter Straße 12a
        if (IsStreetWord(folded, out var isWhole))
        {
            var after = end + (At(end) == '.' ? 1 : 0);
            if (At(after) == ' ' && IsDigit(At(after + 1)) && HouseNumber(after + 1) is > 0 and var to)
            {
                if (isWhole && (nameCount == 0 || names[nameCount - 1].End + 1 != start))
                    return false;
                return (isWhole || IsCapital(start)) && FoundStreet(isWhole ? names[nameCount - 1].Start : start, to);
            }
        }

        // 12 rue de la Paix, Via Roma 5, Calle Mayor, 3
        return (kinds & WordKinds.StreetStart) != WordKinds.None && Leading(start, end);
    }

    private bool Leading(int start, int end)
    {
        var at = end;
        var capitals = 0;
        var last = 0;
        while (at - start < LongestStreet)
        {
            if (At(at) == '.' && at == end)
                at++;
            if (At(at) == ',' && At(at + 1) == ' ' && capitals > 0 && IsDigit(At(at + 2)))
                at++;
            if (At(at) is not ((byte)' ' or (byte)'\'' or (byte)'-'))
                break;
            at++;
            if (IsDigit(At(at)))
            {
                if (capitals > 0 && HouseNumber(at) is > 0 and var to)
                    return FoundStreet(start, to);
                break;
            }

            if (at >= text.Length || !IsWord(text[at]))
                break;
            var isCapital = IsCapital(at);
            var from = at;
            while (at < text.Length && IsWord(text[at]))
                at++;
            if (!isCapital && at - from > 4)
                break;
            capitals += isCapital ? 1 : 0;
            if (isCapital)
                last = at;
        }

        return capitals > 0 && number.End > 0 && Follows(number.End, start) && FoundStreet(number.Start, last);
    }

    private bool FoundStreet(int start, int end)
    {
        if (nameCount > 0 && names[nameCount - 1].End <= start)
            FlushName();
        nameCount = 0;
        Add("street", start, end, 0.75);
        (taken, addressEnd) = (Math.Max(taken, end), Math.Max(addressEnd, end));
        return true;
    }

    /// <summary>Where a number of up to four digits and a letter ends; 0 where it is something else.</summary>
    private readonly int HouseNumber(int at)
    {
        var end = at;
        while (IsDigit(At(end)))
            end++;
        if (end - at is 0 or > 4)
            return 0;
        if (char.IsAsciiLetter((char)At(end)) && !IsWord(At(end + 1)))
            end++;
        return IsWord(At(end)) ? 0 : end;
    }

    private static bool IsStreetWord(scoped ReadOnlySpan<byte> folded, out bool isWhole)
    {
        // By the last letter: nearly every word is looked at, and hardly any is a street.
        foreach (var suffix in StreetSuffixes.ByLast[folded[^1]])
        {
            if (folded.EndsWith(suffix))
            {
                isWhole = folded.Length == suffix.Length;
                return isWhole || folded.Length > suffix.Length + 2;
            }
        }

        isWhole = false;
        return false;
    }

    private void City(int start, int end, WordKinds kinds)
    {
        if (!IsCapital(start))
            return;
        var isCity = (kinds & WordKinds.City) != WordKinds.None;
        if ((kinds & WordKinds.Phrase) != WordKinds.None)
        {
            // New York, St. Pölten: up to four words.
            Span<byte> folded = stackalloc byte[WordBook.LongestWord + 4];
            var at = end;
            for (var more = 0; more < 3 && At(at) is (byte)' ' or (byte)'.' or (byte)'-'; more++)
            {
                at += At(at) == '.' && At(at + 1) == ' ' ? 2 : 1;
                while (at < text.Length && IsWord(text[at]))
                    at++;
                var size = at - start <= WordBook.LongestWord ? WordBook.Fold(text[start..at], folded) : 0;
                if (size == 0)
                    break;
                if ((WordBook.Find(folded[..size]).Kinds & WordKinds.City) != WordKinds.None)
                    (end, isCity, kinds) = (at, true, WordKinds.City);
            }
        }

        if (!isCity)
            return;
        var digits = number.End - number.Start;
        if (number.End > 0 && digits is 4 or 5 && number.End + 1 == start && text[number.End] == ' ')
        {
            Add("postcode", number.Start, number.End, 0.7);
            Add("city", start, end, 0.75);
            return;
        }

        var isNear = words - seen[(int)Context.Place] is > 0 and <= 1;
        Add("city", start, end, addressEnd > 0 && start - addressEnd <= 12 && start >= addressEnd ? 0.75 : isNear && (kinds & WordKinds.Common) == WordKinds.None ? 0.55 : 0.3);
    }

    /// <summary>One blank, or a comma and a blank, between them.</summary>
    private readonly bool Follows(int end, int start) => start - end == 1 ? text[end] == ' ' : start - end == 2 && text[end] == ',' && text[end + 1] == ' ';

    private static class StreetSuffixes
    {
        private static readonly byte[][] All =
            [.. "straße strasse str weg platz allee gasse ring damm ufer steig laan straat gracht plein gatan vägen gata veien katu tie gade vej utca ulica".Split(' ').Select(System.Text.Encoding.UTF8.GetBytes)];

        public static readonly byte[][][] ByLast = [.. Enumerable.Range(0, 256).Select(last => All.Where(suffix => suffix[^1] == last).ToArray())];
    }
}
