using System.Runtime.InteropServices;

namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>One walk through a text, token by token. Every piece looks only a bounded way ahead and back.</summary>
internal ref partial struct TextScan
{
    /// <summary>Words before a piece that may speak of it.</summary>
    private const int Near = 5;

    private readonly ReadOnlySpan<byte> text;
    private readonly List<TextFinding> found;
    private readonly float least;

    // At which word each context was last spoken of.
    private readonly Span<int> seen;
    private int words;

    // Up to where numbers and codes, and names, have been taken.
    private int taken;
    private int addressEnd;

    // Words under way that could be a name together.
    private NameWords names;
    private int nameCount;

    // The last short number: a house number or a postcode.
    private (int Start, int End) number;

    /// <param name="least">Pieces with less confidence are left out, 0..1.</param>
    public TextScan(ReadOnlySpan<byte> text, List<TextFinding> found, Span<int> seen, float least)
    {
        this.text = text;
        this.least = least;
        this.found = found;
        this.seen = seen;
    }

    public void Run()
    {
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (IsWord(c))
            {
                var end = i;
                var digits = 0;
                for (; end < text.Length && Sorts[text[end]] is not Sort.Other and var sort; end++)
                    digits += sort == Sort.Digit ? 1 : 0;
                Token(i, end, digits, end - i - digits);
                i = end;
                continue;
            }

            if (c == '@')
                Email(i);
            else if (c == ':')
                Colon(i);
            i++;
        }

        FlushName();
    }

    private void Token(int start, int end, int digits, int letters)
    {
        words++;
        if (start < addressEnd)
            return;
        if (start >= taken)
        {
            if (letters == 0)
                Numbers(start);
            else if (digits > 0)
                Code(start, end, digits);
            else if (end - start <= 2)
                ShortCode(start, end);
        }

        if (digits == 0)
            Word(start, end);
        else
            FlushName();
        if (letters == 0 && end - start <= 5)
            number = (start, end);
        if (digits > 0 || end - start >= 4)
            Secret(start, end);
    }

    private readonly bool Speaks(Context context) => words - seen[(int)context] <= Near;

    private readonly void Add(string kind, int start, int end, double confidence)
    {
        if ((float)confidence >= least)
            found.Add(new(Kinds.Of(kind), start, end - start, (float)confidence));
    }

    /// <summary>With what the words before say.</summary>
    private readonly void Add(string kind, int start, int end, double confidence, Context context) =>
        Add(kind, start, end, Speaks(context) ? Math.Clamp(confidence + 0.35, 0.4, 1) : confidence);

    private static bool IsWord(byte c) => Sorts[c] != Sort.Other;

    private static bool IsDigit(byte c) => char.IsAsciiDigit((char)c);

    private readonly byte At(int i) => (uint)i < (uint)text.Length ? text[i] : (byte)0;

    private static readonly Sort[] Sorts =
        [.. Enumerable.Range(0, 256).Select(c => char.IsAsciiDigit((char)c) ? Sort.Digit : char.IsAsciiLetter((char)c) || c is >= 0x80 or '_' ? Sort.Letter : Sort.Other)];

    private enum Sort : byte
    {
        Other, Letter, Digit,
    }

    private static class Kinds
    {
        private static readonly Dictionary<string, PersonalKind> ByName = PersonalKinds.All.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

        public static PersonalKind Of(string name) => CollectionsMarshal.GetValueRefOrNullRef(ByName, name);
    }
}
