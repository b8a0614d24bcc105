using System.Runtime.InteropServices;

namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>One walk through a text, token by token. Every piece looks only a bounded way ahead and back.</summary>
internal ref partial struct TextScan
{
    /// <summary>Words before a piece that may speak of it.</summary>
    private const int Near = 5;

    private readonly ReadOnlySpan<byte> text;
    private readonly List<TextFinding> found;

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

    public TextScan(ReadOnlySpan<byte> text, List<TextFinding> found, Span<int> seen)
    {
        this.text = text;
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
                var end = i + 1;
                var (digits, letters) = char.IsAsciiDigit((char)c) ? (1, 0) : (0, 1);
                for (; end < text.Length && IsWord(text[end]); end++)
                {
                    if (char.IsAsciiDigit((char)text[end]))
                        digits++;
                    else
                        letters++;
                }

                Token(i, end, digits, letters);
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

    private readonly void Add(string kind, int start, int end, double confidence) =>
        found.Add(new(Kinds.Of(kind), start, end - start, (float)confidence));

    /// <summary>With what the words before say.</summary>
    private readonly void Add(string kind, int start, int end, double confidence, Context context) =>
        Add(kind, start, end, Speaks(context) ? Math.Clamp(confidence + 0.35, 0.4, 1) : confidence);

    private static bool IsWord(byte c) => char.IsAsciiLetterOrDigit((char)c) || c >= 0x80 || c == '_';

    private static bool IsDigit(byte c) => char.IsAsciiDigit((char)c);

    private readonly byte At(int i) => (uint)i < (uint)text.Length ? text[i] : (byte)0;

    private static class Kinds
    {
        private static readonly Dictionary<string, PersonalKind> ByName = PersonalKinds.All.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

        public static PersonalKind Of(string name) => CollectionsMarshal.GetValueRefOrNullRef(ByName, name);
    }
}
