namespace TdmPortal.Core.Generators.Patterns;

/// <summary>
/// A deterministic automaton of a pattern (subset construction over the nodes of M. McNaughton, H. Yamada and
/// K. Thompson). Quantifiers are bounded, so it has no cycle, and the texts it accepts can be counted.
/// </summary>
internal sealed class Automaton
{
    /// <summary>Larger ones are refused.</summary>
    public const int MaxStates = 10_000;
    private const int MaxNodes = 200_000;
    private readonly List<List<(int Low, int High, int To)>> edges = [];
    private readonly List<List<int>> silent = [];

    private Automaton()
    {
    }

    /// <summary>For each state the characters that lead on, in order.</summary>
    public List<(int Low, int High, int To)[]> Edges { get; } = [];

    /// <summary>For each state whether a text may end there.</summary>
    public List<bool> Accepts { get; } = [];

    /// <summary>The first state is 0.</summary>
    /// <exception cref="FormatException">It would have too many states.</exception>
    public static Automaton Build(PatternNode node)
    {
        var automaton = new Automaton();
        var (start, end) = (automaton.Add(), automaton.Add());
        automaton.Connect(node, start, end);
        automaton.Determine(start, end);
        return automaton;
    }

    private int Add()
    {
        if (edges.Count >= MaxNodes)
            throw TooLarge();
        edges.Add([]);
        silent.Add([]);
        return edges.Count - 1;
    }

    private void Connect(PatternNode node, int from, int to)
    {
        switch (node)
        {
            case PatternNode.Class set:
                foreach (var (low, high) in set.Ranges)
                    edges[from].Add((low, high, to));
                break;
            case PatternNode.Concatenation sequence:
                foreach (var part in sequence.Parts)
                {
                    var next = Add();
                    Connect(part, from, next);
                    from = next;
                }

                silent[from].Add(to);
                break;
            case PatternNode.Alternation choice:
                foreach (var branch in choice.Branches)
                    Connect(branch, from, to);
                break;
            case PatternNode.Repetition repetition:
                for (var i = 0; i < repetition.Max; i++)
                {
                    if (i >= repetition.Min)
                        silent[from].Add(to);
                    var next = Add();
                    Connect(repetition.Part, from, next);
                    from = next;
                }

                silent[from].Add(to);
                break;
        }
    }

    private void Determine(int start, int end)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var sets = new List<int[]>();
        State([start]);
        for (var state = 0; state < sets.Count; state++)
        {
            var moves = sets[state].SelectMany(node => edges[node]).ToArray();
            var bounds = moves.SelectMany(move => new[] { move.Low, move.High + 1 }).Distinct().Order().ToArray();
            var row = new List<(int Low, int High, int To)>();
            for (var i = 0; i + 1 < bounds.Length; i++)
            {
                var (low, high) = (bounds[i], bounds[i + 1] - 1);
                var targets = moves.Where(move => move.Low <= low && high <= move.High).Select(move => move.To).ToArray();
                if (targets.Length == 0)
                    continue;
                var to = State(targets);
                if (row.Count > 0 && row[^1].To == to && row[^1].High + 1 == low)
                    row[^1] = (row[^1].Low, high, to);
                else
                    row.Add((low, high, to));
            }

            Edges.Add([.. row]);
        }

        int State(int[] nodes)
        {
            var closed = Close(nodes);
            var name = string.Join(',', closed);
            if (known.TryGetValue(name, out var found))
                return found;
            if (sets.Count >= MaxStates)
                throw TooLarge();
            known.Add(name, sets.Count);
            sets.Add(closed);
            Accepts.Add(Array.BinarySearch(closed, end) >= 0);
            return sets.Count - 1;
        }
    }

    private int[] Close(int[] nodes)
    {
        var closed = new HashSet<int>(nodes);
        var open = new Stack<int>(nodes);
        while (open.TryPop(out var node))
        {
            foreach (var next in silent[node])
            {
                if (closed.Add(next))
                    open.Push(next);
            }
        }

        return [.. closed.Order()];
    }

    private static FormatException TooLarge() => new("it would need more than 10,000 states; use fewer or smaller repetitions");
}
