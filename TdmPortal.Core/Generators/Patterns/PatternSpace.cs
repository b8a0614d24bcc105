using System.Text;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Patterns;

/// <summary>
/// The texts that match a pattern, none longer than a limit. Ranks run over the automaton; random texts are drawn from
/// the pattern itself (each branch and each number of repetitions equally likely), since nearly all texts of an
/// automaton are long ones.
/// </summary>
internal sealed class PatternSpace : TextSpace
{
    private const int Tries = 32;
    private readonly PatternNode node;
    private readonly Automaton automaton;
    private readonly int limit;

    // Texts from a state on: one figure where the limit never bites, else one for each number of characters left.
    private readonly UInt128[] counts;
    private readonly bool limited;

    private PatternSpace(PatternNode node, Automaton automaton, int longest, int limit)
    {
        (this.node, this.automaton, this.limit) = (node, automaton, Math.Min(limit, longest));
        limited = limit < longest;
        counts = limited ? CountLimited() : CountAll();
    }

    public override UInt128 Count => counts[limited ? limit : 0];

    public override int MaxBytes => MaxLength * 4;

    public override int MaxLength => limit;

    public override bool IsFixedSize => false;

    /// <summary>Whether all texts are whole numbers, each written in one way: digits, the first of which is not 0.</summary>
    public bool IsNumber =>
        !automaton.Accepts[0] && automaton.Edges[0].All(edge => edge.Low >= '1' && edge.High <= '9') && automaton.Edges.Skip(1).All(row => row.All(edge => edge.Low >= '0' && edge.High <= '9'));

    /// <exception cref="FormatException">What is wrong with the pattern.</exception>
    public static PatternSpace Create(string pattern)
    {
        var parsed = PatternParser.Parse(pattern);
        return new(parsed, Automaton.Build(parsed), Longest(parsed), int.MaxValue);
    }

    public override bool Contains(byte value) => true;

    public override TextSpace? Within(int maxLength)
    {
        if (maxLength >= limit)
            return this;
        var shorter = new PatternSpace(node, automaton, Longest(node), maxLength);
        return shorter.Count == 0 ? null : shorter;
    }

    public override int Write(ref Draw draw, Span<byte> target)
    {
        for (var tries = 0; tries < (limited ? Tries : 1); tries++)
        {
            var (at, left) = (0, limit);
            if (Write(node, ref draw, target, ref at, ref left))
                return at;
        }

        return WriteRanked(new UInt128(draw.Next(), draw.Next()) % Count, target);
    }

    public override int WriteRanked(UInt128 rank, Span<byte> target)
    {
        var (state, left, at) = (0, limit, 0);
        while (true)
        {
            if (automaton.Accepts[state])
            {
                if (rank == 0)
                    return at;
                rank--;
            }

            foreach (var (low, high, to) in automaton.Edges[state])
            {
                var each = CountOf(to, left - 1);
                var all = Times(each, (UInt128)(high - low + 1));
                if (rank >= all)
                {
                    rank -= all;
                    continue;
                }

                at += new Rune(low + (int)(rank / each)).EncodeToUtf8(target[at..]);
                rank %= each;
                (state, left) = (to, left - 1);
                break;
            }
        }
    }

    private UInt128 CountOf(int state, int left) => limited ? left < 0 ? 0 : counts[(state * (limit + 1)) + left] : counts[state];

    private UInt128[] CountAll()
    {
        var result = new UInt128[automaton.Edges.Count];
        var done = new bool[result.Length];
        var open = new Stack<(int State, bool Ready)>();
        open.Push((0, false));
        while (open.TryPop(out var next))
        {
            if (done[next.State])
                continue;
            if (!next.Ready)
            {
                open.Push((next.State, true));
                foreach (var edge in automaton.Edges[next.State])
                    open.Push((edge.To, false));
                continue;
            }

            result[next.State] = automaton.Edges[next.State].Aggregate((UInt128)(automaton.Accepts[next.State] ? 1 : 0), (sum, edge) => Plus(sum, Times(result[edge.To], (UInt128)(edge.High - edge.Low + 1))));
            done[next.State] = true;
        }

        return result;
    }

    private UInt128[] CountLimited()
    {
        var states = automaton.Edges.Count;
        var result = new UInt128[states * (limit + 1)];
        for (var left = 0; left <= limit; left++)
        {
            for (var state = 0; state < states; state++)
            {
                UInt128 sum = automaton.Accepts[state] ? 1u : 0u;
                if (left > 0)
                {
                    foreach (var (low, high, to) in automaton.Edges[state])
                        sum = Plus(sum, Times(result[(to * (limit + 1)) + left - 1], (UInt128)(high - low + 1)));
                }

                result[(state * (limit + 1)) + left] = sum;
            }
        }

        return result;
    }

    private static bool Write(PatternNode node, ref Draw draw, Span<byte> target, ref int at, ref int left)
    {
        switch (node)
        {
            case PatternNode.Class set:
                if (--left < 0)
                    return false;
                var pick = draw.Below(set.Size);
                var i = 0;
                for (; pick > set.Ranges[i].High - set.Ranges[i].Low; i++)
                    pick -= set.Ranges[i].High - set.Ranges[i].Low + 1;
                at += new Rune(set.Ranges[i].Low + pick).EncodeToUtf8(target[at..]);
                return true;
            case PatternNode.Concatenation sequence:
                foreach (var part in sequence.Parts)
                {
                    if (!Write(part, ref draw, target, ref at, ref left))
                        return false;
                }

                return true;
            case PatternNode.Alternation choice:
                return Write(choice.Branches[draw.Below(choice.Branches.Length)], ref draw, target, ref at, ref left);
            case PatternNode.Repetition repetition:
                for (var times = draw.Between(repetition.Min, repetition.Max); times > 0; times--)
                {
                    if (!Write(repetition.Part, ref draw, target, ref at, ref left))
                        return false;
                }

                return true;
            default:
                return true;
        }
    }

    private static int Longest(PatternNode node) => node switch
    {
        PatternNode.Class => 1,
        PatternNode.Concatenation sequence => sequence.Parts.Sum(Longest),
        PatternNode.Alternation choice => choice.Branches.Max(Longest),
        PatternNode.Repetition repetition => repetition.Max * Longest(repetition.Part),
        _ => 0,
    };
}
