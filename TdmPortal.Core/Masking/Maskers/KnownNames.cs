using System.Runtime.InteropServices;
using TdmPortal.Core.Generation;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.PersonalData.Texts;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// The names that stand in the source's columns of names, as keyed hashes, so that a text of another table finds those that no dictionary
/// knows. Some 30 bytes a different name; of too many only those with the smallest hashes are kept, whatever the
/// order of rows. Filled before the first row is masked, read by several threads after it.
/// </summary>
/// <param name="most">Different names that are kept; two million take some 60 MB.</param>
internal sealed class KnownNames(MaskingKey key, int most = 1 << 21)
{
    /// <summary>Words of a name, at most.</summary>
    private const int MostWords = 4;

    /// <summary>Longer texts are no names.</summary>
    private const int Longest = 64;

    /// <summary>Two names side by side that columns know are surer than whatever a dictionary and the words before say, which is 1 at most.</summary>
    private const float Pair = 2;

    /// <summary>Bytes of words in small letters with which names begin: van, della.</summary>
    private const int LongestParticle = 5;

    // As sure as the least that counts, so that whatever covers more wins.
    private const float Single = (float)PersonalFinding.Counts;

    private const WordKinds Ordinary = WordKinds.Common | WordKinds.City | WordKinds.Region | WordKinds.Country | WordKinds.Month | WordKinds.Salutation | WordKinds.Particle;

    private static readonly PersonalKind FirstName = PersonalKinds.Find("first_name")!;
    private static readonly PersonalKind LastName = PersonalKinds.Find("last_name")!;

    private readonly ValueKey values = new(key, CanonicalForm.Text);
    private readonly Dictionary<ulong, Role> known = [];
    private ulong largest = ulong.MaxValue;

    [Flags]
    private enum Role : byte
    {
        None = 0,
        First = 1,
        Last = 2,
        /// <summary>Names of several words begin with it.</summary>
        Begins = 4,
    }

    /// <summary>Whether a column of a kind holds names.</summary>
    public static bool IsName(string kind) => kind is "first_name" or "middle_name" or "last_name" or "full_name";

    /// <summary>What looks at a column of names.</summary>
    public RowPass Collecting(int column, string kind, bool familyFirst) => new Pass(this, column, kind, familyFirst);

    /// <summary>Adds the names of a text: first and last names side by side, and such as stand alone with a capital letter and are no ordinary words.</summary>
    public void Find(ReadOnlySpan<byte> text, List<TextFinding> found)
    {
        if (known.Count == 0)
            return;
        for (var at = 0; at < text.Length;)
        {
            var end = Word(text, at);
            if (end == at)
                at++;
            else
                at = IsCapital(text, at) || end - at <= LongestParticle ? Person(text, at, end, found) : end;
        }
    }

    /// <summary>Takes what begins at a word.</summary>
    /// <returns>Where to go on.</returns>
    private int Person(ReadOnlySpan<byte> text, int at, int end, List<TextFinding> found)
    {
        var role = Of(text[at..end]);
        if (role == Role.None)
            return end;
        var first = IsCapital(text, at) ? Name(text, at, end, role, Role.First) : 0;
        for (var given = first; given > 0; given = Name(text, at, end, role, Role.First, given))
        {
            if (Follows(text, given, Role.Last, " "u8) is not { End: > 0 } last)
                continue;
            found.Add(new(FirstName, at, given - at, Pair));
            found.Add(new(LastName, last.Start, last.End - last.Start, Pair));
            return last.End;
        }

        var family = Name(text, at, end, role, Role.Last);
        if (family == end && !IsCapital(text, at))
            return end;
        if (family > 0 && Follows(text, family, Role.First, ", "u8) is { End: > 0 } called)
        {
            found.Add(new(LastName, at, family - at, Pair));
            found.Add(new(FirstName, called.Start, called.End - called.Start, Pair));
            return called.End;
        }

        var longest = Math.Max(first, family);
        if (longest > end || (longest - at >= 3 && IsCapital(text, at) && !IsOrdinary(text[at..end])))
            found.Add(new(first == longest ? FirstName : LastName, at, longest - at, Single));
        return Math.Max(longest, end);
    }

    /// <summary>The name of a role behind a place, and where it ends; 0 where there is none.</summary>
    private (int Start, int End) Follows(ReadOnlySpan<byte> text, int end, Role wanted, ReadOnlySpan<byte> between)
    {
        if (!text[end..].StartsWith(between))
            return default;
        var start = end + between.Length;
        var word = Word(text, start);
        if (word == start)
            return default;
        var name = Name(text, start, word, Of(text[start..word]), wanted);

        // Anna will call: a word in small letters is a name only where more belongs to it (van der Berg).
        return name > word || (name > 0 && IsCapital(text, start)) ? (start, name) : default;
    }

    /// <summary>Where the longest name of a role ends that begins with a word; 0 where there is none.</summary>
    /// <param name="before">It must end before that.</param>
    private int Name(ReadOnlySpan<byte> text, int at, int end, Role first, Role wanted, int before = int.MaxValue)
    {
        var best = (first & wanted) != Role.None && end < before ? end : 0;
        for (var words = 1; words < MostWords && (first & Role.Begins) != Role.None && end < text.Length && text[end] is (byte)' ' or (byte)'-' or (byte)'\''; words++)
        {
            var next = Word(text, end + 1);
            if (next == end + 1 || next - at > Longest || next >= before)
                break;
            end = next;
            if ((Of(text[at..end]) & wanted) != Role.None)
                best = end;
        }

        return best;
    }

    private Role Of(ReadOnlySpan<byte> name) => name.Length > Longest ? Role.None : known.GetValueOrDefault((ulong)values.Number(name));

    private static bool IsOrdinary(ReadOnlySpan<byte> word)
    {
        Span<byte> folded = stackalloc byte[WordBook.LongestWord + 4];
        return WordBook.Fold(word, folded) is > 0 and var size && (WordBook.Find(folded[..size]).Kinds & Ordinary) != WordKinds.None;
    }

    private static int Word(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && (text[at] >= 0x80 || char.IsAsciiLetterOrDigit((char)text[at])))
            at++;
        return at;
    }

    private static bool IsCapital(ReadOnlySpan<byte> text, int at)
    {
        if (text[at] < 0x80)
            return char.IsAsciiLetterUpper((char)text[at]);
        return System.Text.Rune.DecodeFromUtf8(text[at..], out var rune, out _) == System.Buffers.OperationStatus.Done && System.Text.Rune.IsLetter(rune) && !System.Text.Rune.IsLower(rune);
    }

    private void Take(Dictionary<ulong, Role> part)
    {
        foreach (var (name, role) in part)
        {
            if (name <= largest)
                CollectionsMarshal.GetValueRefOrAddDefault(known, name, out _) |= role;
        }

        // The bound follows from how many different names there are alone, not from which came first.
        while (known.Count > most)
        {
            largest >>= 1;
            foreach (var name in known.Keys.Where(name => name > largest).ToList())
                known.Remove(name);
        }
    }

    private sealed class Pass(KnownNames names, int column, string kind, bool familyFirst) : RowPass
    {
        public override IReadOnlyList<int> Columns { get; } = [column];

        public override SegmentPass Begin() => new Segment(names, column, kind, familyFirst);

        public override void Take(SegmentPass segment) => names.Take(((Segment)segment).Found);
    }

    private sealed class Segment(KnownNames names, int column, string kind, bool familyFirst) : SegmentPass
    {
        public Dictionary<ulong, Role> Found { get; } = [];

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            var texts = (TextColumn)columns[column]!;
            for (var row = 0; row < count; row++)
            {
                if (texts.IsNull(row))
                    continue;
                if (kind == "full_name")
                {
                    var parts = NameParts.Of(texts[row], familyFirst);
                    Given(parts.Given);
                    Add(parts.Family, Role.Last);
                }
                else if (kind == "last_name")
                {
                    Add(texts[row], Role.Last);
                }
                else
                {
                    Given(texts[row].Trim((byte)' '));
                }
            }
        }

        /// <summary>Each first name by itself, and all of them together.</summary>
        private void Given(ReadOnlySpan<byte> given)
        {
            Add(given, Role.First);
            if (!given.Contains((byte)' '))
                return;
            foreach (var part in given.Split((byte)' '))
                Add(given[part], Role.First);
        }

        private void Add(ReadOnlySpan<byte> name, Role role)
        {
            name = name.Trim((byte)' ');
            if (name.Length is < 2 or > Longest)
                return;
            Put(name, role);
            if (Word(name, 0) is > 0 and var first && first < name.Length)
                Put(name[..first], Role.Begins);
        }

        private void Put(ReadOnlySpan<byte> name, Role role) => CollectionsMarshal.GetValueRefOrAddDefault(Found, (ulong)names.values.Number(name), out _) |= role;
    }
}
