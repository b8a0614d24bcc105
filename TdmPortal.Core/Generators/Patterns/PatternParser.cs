namespace TdmPortal.Core.Generators.Patterns;

/// <summary>
/// Reads the regular expressions that generation takes: literals, classes, groups, alternation and quantifiers. What
/// cannot be generated from (look-around, back references) is refused by name.
/// </summary>
internal sealed class PatternParser
{
    /// <summary>What * and + mean at most.</summary>
    public const int Unbounded = 16;
    private const int MaxRepeat = 1000;
    private const int MaxDepth = 64;
    private static readonly (int, int)[] Printable = [(0x20, 0x7E)];
    private readonly int[] text;
    private int at;
    private int depth;

    private PatternParser(string pattern) => text = [.. pattern.EnumerateRunes().Select(rune => rune.Value)];

    /// <exception cref="FormatException">What is wrong, and where.</exception>
    public static PatternNode Parse(string pattern)
    {
        var parser = new PatternParser(pattern);
        if (parser.Peek() == '^')
            parser.at++;
        var node = parser.Alternation();
        if (parser.at < parser.text.Length)
            throw parser.Error(parser.Peek() == ')' ? "a ) without its (" : "a character that is not expected");
        return node;
    }

    private PatternNode Alternation()
    {
        if (++depth > MaxDepth)
            throw Error("groups nested too deeply");
        var branches = new List<PatternNode> { Concatenation() };
        while (Peek() == '|')
        {
            at++;
            branches.Add(Concatenation());
        }

        depth--;
        return branches.Count == 1 ? branches[0] : new PatternNode.Alternation([.. branches]);
    }

    private PatternNode.Concatenation Concatenation()
    {
        var parts = new List<PatternNode>();
        while (at < text.Length && Peek() is not ('|' or ')'))
        {
            // An anchor at the end says what holds anyway: the whole text matches.
            if (Peek() == '$' && (at + 1 == text.Length || text[at + 1] is ')' or '|'))
            {
                at++;
                continue;
            }

            parts.Add(Quantified(Atom()));
        }

        return new([.. parts]);
    }

    private PatternNode Quantified(PatternNode node)
    {
        while (at < text.Length)
        {
            var (min, max) = Peek() switch
            {
                '?' => (0, 1),
                '*' => (0, Unbounded),
                '+' => (1, Unbounded),
                '{' => (-1, -1),
                _ => (-2, -2),
            };
            if (min == -2)
                break;
            at++;
            if (min == -1)
                (min, max) = Counts();
            if (Peek() == '?')
                at++;
            node = new PatternNode.Repetition(node, min, max);
        }

        return node;
    }

    private (int Min, int Max) Counts()
    {
        var min = Count();
        var max = min;
        if (Peek() == ',')
        {
            at++;
            max = Peek() == '}' ? Math.Max(min, 0) + Unbounded : Count();
        }

        if (min < 0 || max < min || Peek() != '}')
            throw Error("a quantifier that is not {n}, {n,} or {n,m}");
        at++;
        return max <= MaxRepeat ? (min, max) : throw Error($"more than {MaxRepeat} repetitions");
    }

    private int Count()
    {
        var value = -1;
        while (Peek() is >= '0' and <= '9' and var digit && value <= MaxRepeat)
        {
            value = (Math.Max(value, 0) * 10) + digit - '0';
            at++;
        }

        return value;
    }

    private PatternNode Atom()
    {
        var c = text[at++];
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                return new PatternNode.Class(Class());
            case '.':
                return new PatternNode.Class(Printable);
            case '\\':
                return new PatternNode.Class(Escape());
            case '*' or '+' or '?':
                throw Error("a quantifier with nothing before it", 1);
            case '^' or '$':
                throw Error("an anchor inside the pattern", 1);
            default:
                return new PatternNode.Class([(c, c)]);
        }
    }

    private PatternNode Group()
    {
        if (Peek() == '?')
        {
            if (at + 1 < text.Length && text[at + 1] == ':')
                at += 2;
            else
                throw Error("a group that looks around or has a name or options; only ( ) and (?: ) can be generated from");
        }

        var node = Alternation();
        if (Peek() != ')')
            throw Error("a ( without its )");
        at++;
        return node;
    }

    private (int, int)[] Class()
    {
        var negated = Peek() == '^';
        if (negated)
            at++;
        var ranges = new List<(int Low, int High)>();
        for (var first = true; Peek() != ']' || first; first = false)
        {
            if (at >= text.Length)
                throw Error("a [ without its ]");
            var low = Member();
            if (low.Length > 1 || low[0].Low != low[0].High || Peek() != '-' || at + 1 >= text.Length || text[at + 1] == ']')
            {
                ranges.AddRange(low);
                continue;
            }

            at++;
            var high = Member();
            if (high.Length > 1 || high[0].Low < low[0].Low)
                throw Error("a range that runs backwards");
            ranges.Add((low[0].Low, high[0].Low));
        }

        at++;
        var merged = Merge(ranges);
        if (negated)
            merged = Without(merged);
        return merged.Length > 0 ? merged : throw Error("a class without characters");
    }

    private (int Low, int High)[] Member()
    {
        var c = text[at++];
        return c == '\\' ? Escape() : [(c, c)];
    }

    private (int Low, int High)[] Escape()
    {
        if (at >= text.Length)
            throw Error("a backslash at the end");
        var c = text[at++];
        return c switch
        {
            'd' => [('0', '9')],
            'w' => [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            's' => [(' ', ' ')],
            'D' => Without([('0', '9')]),
            'W' => Without([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
            'S' => [(0x21, 0x7E)],
            't' => [('\t', '\t')],
            'n' => [('\n', '\n')],
            'r' => [('\r', '\r')],
            'u' => [Hexadecimal(4)],
            'x' => [Hexadecimal(2)],
            >= '1' and <= '9' => throw Error("a back reference"),
            'b' or 'B' or 'A' or 'Z' or 'z' or 'p' or 'P' or 'k' => throw Error($"\\{(char)c}, which cannot be generated from", 1),
            _ => [(c, c)],
        };
    }

    private (int, int) Hexadecimal(int digits)
    {
        var value = 0;
        for (var i = 0; i < digits; i++)
        {
            if (at >= text.Length || text[at] > 127 || !char.IsAsciiHexDigit((char)text[at]))
                throw Error($"an escape without its {digits} hexadecimal digits");
            value = (value * 16) + Convert.ToInt32(((char)text[at++]).ToString(), 16);
        }

        return value is >= 0xD800 and <= 0xDFFF ? throw Error("half a surrogate pair") : (value, value);
    }

    private static (int Low, int High)[] Merge(List<(int Low, int High)> ranges)
    {
        var merged = new List<(int Low, int High)>();
        foreach (var range in ranges.OrderBy(range => range.Low))
        {
            if (merged.Count > 0 && range.Low <= merged[^1].High + 1)
                merged[^1] = (merged[^1].Low, Math.Max(merged[^1].High, range.High));
            else
                merged.Add(range);
        }

        // The surrogates are no characters.
        return [.. merged.SelectMany(range => range.Low < 0xD800 && range.High > 0xDFFF ? [(range.Low, 0xD7FF), (0xE000, range.High)] : new[] { range })];
    }

    /// <summary>The printable ASCII characters that are in none of the ranges.</summary>
    private static (int, int)[] Without((int Low, int High)[] ranges) =>
        Merge([.. Enumerable.Range(0x20, 0x5F).Where(c => !Array.Exists(ranges, range => c >= range.Low && c <= range.High)).Select(c => (c, c))]);

    private int Peek() => at < text.Length ? text[at] : -1;

    private FormatException Error(string what, int back = 0) => new($"{what}, at position {at - back + 1}");
}
