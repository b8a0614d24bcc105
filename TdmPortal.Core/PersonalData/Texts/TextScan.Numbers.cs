using System.Runtime.CompilerServices;

namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>Groups of digits: cards, phones, national numbers, dates, IP addresses, coordinates.</summary>
internal ref partial struct TextScan
{
    private const int MostGroups = 16;

    /// <summary>Groups that one number may have.</summary>
    private const int WidestNumber = 8;

    private void Numbers(int start)
    {
        var from = start;
        if (Uuid(start) || Mac(start))
            return;
        if (start > 0 && text[start - 1] == '#')
            from = -1;
        if (HyphenCode(start) || Coordinates(start))
            return;
        Groups groups = default;
        var count = 0;
        var at = start;
        while (count < MostGroups)
        {
            var end = at;
            while (IsDigit(At(end)))
                end++;
            groups[count++] = new(at, end);
            var next = end;
            while (next - end < 3 && At(next) is (byte)' ' or (byte)'-' or (byte)'.' or (byte)'/' or (byte)'(' or (byte)')')
                next++;
            if (next == end || !IsDigit(At(next)))
                break;
            at = next;
        }

        // What is part of a word, of a time or of a sum is no number of this kind; what comes before goes on.
        var last = groups[count - 1].End;
        var cut = IsWord(At(last)) || (At(last) is (byte)':' or (byte)',' && IsDigit(At(last + 1)));
        taken = cut && count > 1 ? groups[count - 1].Start : last;
        if (cut)
            count--;
        for (var first = 0; first < count;)
        {
            var width = Math.Min(count - first, WidestNumber);
            var isDate = count - first >= 3 && Date(groups[first], groups[first + 1], groups[first + 2], count == 3);
            if (isDate)
                width = 3;
            while (width > 0 && !(isDate && width == 3 ? FoundDate(groups[first].Start, groups[first + 2].End) : Number(ref groups, first, width, from)))
                width--;
            first += Math.Max(width, 1);
        }
    }

    private bool FoundDate(int start, int end)
    {
        Add("birth_date", start, end, Speaks(Context.Birth) ? 0.8 : 0.2);
        return true;
    }

    /// <summary>Three groups with one and the same separator that are a day since 1900.</summary>
    private readonly bool Date(Group one, Group two, Group three, bool isAll)
    {
        if (two.Start - one.End != 1 || three.Start - two.End != 1 || text[one.End] != text[two.End] || text[one.End] is (byte)' ' or (byte)'(' or (byte)')')
            return false;
        var (a, b, c) = (Value(one), Value(two), Value(three));
        if (one.Size == 4 && two.Size <= 2 && three.Size <= 2)
            return IsDay(a, b, c);
        if (one.Size > 2 || two.Size > 2 || (three.Size != 4 && !(three.Size == 2 && isAll)))
            return false;
        var year = three.Size == 2 ? 1900 + c : c;
        return IsDay(year, b, a) || IsDay(year, a, b);
    }

    private static bool IsDay(int year, int month, int day) => year is >= 1900 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private readonly int Value(Group group)
    {
        var value = 0;
        foreach (var digit in text[group.Start..group.End])
            value = (value * 10) + digit - '0';
        return value;
    }

    /// <summary>Whether the groups from one on are a number of some kind.</summary>
    private readonly bool Number(ref Groups groups, int first, int width, int from)
    {
        Span<byte> digits = stackalloc byte[36];
        var (size, shape, separators) = (0, 0L, 0);
        var single = true;
        for (var i = first; i < first + width; i++)
        {
            var group = groups[i];
            if (size + group.Size > 34)
                return false;
            text[group.Start..group.End].CopyTo(digits[size..]);
            size += group.Size;
            shape = (shape * 20) + Math.Min(group.Size, 19);
            if (i == first)
                continue;
            for (var at = groups[i - 1].End; at < group.Start; at++)
                separators |= Separator(text[at]);
            single &= group.Start - groups[i - 1].End == 1;
        }

        if (size < 4)
            return false;
        digits = digits[..size];
        var (start, end) = (groups[first].Start, groups[first + width - 1].End);
        if (width == 4 && separators == Point && single && IsAddress(ref groups, first))
        {
            if (At(start - 1) is (byte)'.' or (byte)'/' && At(start - 2) != '/' || (At(end) == '.' && IsDigit(At(end + 1))))
                return true;
            var octets = Value(groups[first]) > 9 || size > 5;
            Add("ip", start, end, Speaks(Context.Version) ? 0.2 : octets ? 0.65 : 0.4, Context.Online);
            return true;
        }

        // Behind a hyphen it is a part of something longer.
        if ((single || width == 1) && !(At(start - 1) is (byte)'-' or (byte)'/' or (byte)'_' && IsWord(At(start - 2))))
        {
            if (NationalNumbers.IsCard(digits, shape) && (separators & ~(Space | Hyphen)) == 0)
            {
                Add("card", start, end, width > 1 ? 0.9 : 0.8, Context.Card);
                return true;
            }

            if (NationalNumbers.Find(digits, shape, separators, Speaks(Context.Tax)) is { Kind: { } kind } match)
            {
                var confidence = match.Confidence;
                var isNamed = kind switch { "tax_id" => Speaks(Context.Tax) || Speaks(Context.Id), _ => Speaks(Context.Id) || (Speaks(Context.Tax) && kind == "national_id") };
                if (isNamed)
                    confidence = Math.Min(1, confidence + 0.35);
                Add(kind, start, end, confidence);
                if (confidence >= PersonalFinding.Counts)
                    return true;
            }
        }

        if (Phone(digits, shape, separators, start, end, width, first > 0 && !Speaks(Context.Phone) ? -1 : from))
            return true;
        if (width == 1)
            Named(start, end, size);
        return false;
    }

    /// <summary>Plain digits that only the words before tell what they are.</summary>
    private readonly void Named(int start, int end, int size)
    {
        if (size is >= 6 and <= 12 && Speaks(Context.Passport))
            Add("passport", start, end, 0.6);
        else if (size is >= 6 and <= 18 && Speaks(Context.Account))
            Add("bank_account", start, end, 0.55);
        else if (size is >= 6 and <= 14 && Speaks(Context.Licence))
            Add("driving_licence", start, end, 0.55);
    }

    private readonly bool Phone(ReadOnlySpan<byte> digits, long shape, int separators, int start, int end, int width, int from)
    {
        var plus = At(start - 1) == '+' || (At(start - 1) == '(' && At(start - 2) == '+');
        var isOpen = At(start - 1) == '(';
        var begin = plus ? start - (isOpen ? 2 : 1) : isOpen && (separators & Bracket) != 0 ? start - 1 : start;
        var size = digits.Length;
        if (from < 0 || (begin > 0 && (IsWord(text[begin - 1]) || text[begin - 1] is (byte)'-' or (byte)'.' or (byte)'/' or (byte)'$')))
            return false;
        double confidence;
        if (plus && size is >= 8 and <= 15 && digits[0] != '0')
            confidence = 0.75;
        else if (!plus && digits.StartsWith("00"u8) && digits[2] != '0' && size is >= 10 and <= 16)
            confidence = width > 1 ? 0.6 : 0.45;
        else if (size == 10 && shape == NationalNumbers.Shape(3, 3, 4) && digits[0] >= '2' && digits[3] >= '2')
            confidence = (separators & Bracket) != 0 ? 0.75 : separators is Hyphen or Point ? 0.6 : 0.45;
        else if (size == 11 && digits[0] == '1' && shape == NationalNumbers.Shape(1, 3, 3, 4) && digits[1] >= '2')
            confidence = 0.65;
        else if (digits[0] == '0' && digits[1] != '0' && size is >= 9 and <= 12 && width > 1 && Grouped(shape, separators))
            confidence = 0.55;
        else if (digits[0] == '0' && digits[1] != '0' && size is >= 10 and <= 12 && width == 1)
            confidence = 0.35;
        else if (width > 1 && size is >= 9 and <= 12 && (separators & Bracket) != 0 && isOpen)
            confidence = 0.6;
        else if (width > 2 && size is 9 or 10 or 11 && separators is Space or Hyphen && Grouped(shape, separators))
            confidence = 0.4;
        else if (size is >= 7 and <= 13 && (separators & ~(Space | Hyphen | Slash)) == 0)
            confidence = 0.3;
        else
            return false;
        if (Speaks(Context.Phone))
            confidence = Math.Min(1, confidence + 0.35);
        if (confidence < 0.5)
            return false;
        Add("phone", begin, end, confidence);
        return true;
    }

    /// <summary>Groups as people write them: none of one digit; with points, three or more of them.</summary>
    private static bool Grouped(long shape, int separators)
    {
        var count = 0;
        for (; shape > 0; shape /= 20, count++)
        {
            if (shape % 20 < 2)
                return false;
        }

        return (separators & Point) == 0 || count > 2;
    }

    private readonly bool IsAddress(ref Groups groups, int first)
    {
        for (var i = first; i < first + 4; i++)
        {
            if (groups[i].Size > 3 || (groups[i].Size > 1 && text[groups[i].Start] == '0') || Value(groups[i]) > 255)
                return false;
        }

        return true;
    }

    /// <summary>52.5200, 13.4050</summary>
    private bool Coordinates(int start)
    {
        var from = At(start - 1) == '-' ? start - 1 : start;
        if (!Coordinate(start, 90, out var at))
            return false;
        var next = at;
        while (next - at < 3 && At(next) is (byte)',' or (byte)';' or (byte)' ' or (byte)'/')
            next++;
        if (next == at)
            return false;
        if (At(next) is (byte)'-' or (byte)'+')
            next++;
        if (!Coordinate(next, 180, out var end))
            return false;
        Add("geo", from, end, 0.65, Context.Geo);
        taken = end;
        return true;
    }

    private readonly bool Coordinate(int start, int most, out int end)
    {
        end = start;
        while (IsDigit(At(end)))
            end++;
        if (end - start is 0 or > 3 || At(end) != '.' || Value(new(start, end)) > most)
            return false;
        var point = end++;
        while (IsDigit(At(end)))
            end++;
        return end - point is > 3 and < 18 && !IsWord(At(end)) && At(end) != '.';
    }

    /// <summary>An identifier of 32 hexadecimal digits is no number; it is passed over.</summary>
    private bool Uuid(int start)
    {
        if (start + 36 > text.Length || text[start + 8] != '-' || text[start + 13] != '-' || text[start + 18] != '-' || text[start + 23] != '-')
            return false;
        if (!Guid.TryParseExact(System.Text.Encoding.UTF8.GetString(text.Slice(start, 36)), "D", out _))
            return false;
        taken = start + 36;
        addressEnd = Math.Max(addressEnd, taken);
        return true;
    }

    private const int Space = 1, Hyphen = 2, Point = 4, Slash = 8, Bracket = 16;

    private static int Separator(byte c) => c switch { (byte)' ' => Space, (byte)'-' => Hyphen, (byte)'.' => Point, (byte)'/' => Slash, _ => Bracket };

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Group(int Start, int End)
    {
        public int Size => End - Start;
    }

    [InlineArray(MostGroups)]
    private struct Groups
    {
        private Group first;
    }
}
