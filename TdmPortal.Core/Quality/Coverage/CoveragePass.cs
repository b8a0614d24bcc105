using System.Runtime.InteropServices;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Fidelity;
using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.Quality.Coverage;

/// <summary>Counts the rows that show each case of an entity.</summary>
internal sealed class CoveragePass(EntityCases cases) : RowPass
{
    /// <summary>Rows whose states are put in order; of more, those of some of the parents.</summary>
    private const int MostSteps = 400_000;

    private readonly List<Step> steps = [];
    private int level;

    public EntityCases Cases => cases;

    public override IReadOnlyList<int> Columns { get; } = cases.Columns;

    /// <summary>Rows by boundary.</summary>
    public long[] Boundaries { get; } = new long[cases.Boundaries.Count];

    /// <summary>Rows by listed column and value.</summary>
    public long[][] Values { get; } = NewValues(cases);

    /// <summary>Rows by pair and combination: place of the first value times the number of second ones, plus place of the second.</summary>
    public long[][] Pairs { get; } = NewPairs(cases);

    public override SegmentPass Begin() => new Segment(cases);

    public override void Take(SegmentPass segment)
    {
        var next = (Segment)segment;
        Add(Boundaries, next.Boundaries);
        for (var listed = 0; listed < Values.Length; listed++)
            Add(Values[listed], next.Values[listed]);
        for (var pair = 0; pair < Pairs.Length; pair++)
            Add(Pairs[pair], next.Pairs[pair]);
        foreach (var step in next.Steps)
        {
            if (!KeyCounts.IsHeld(step.Parent, level))
                continue;
            steps.Add(step);
            while (steps.Count > MostSteps)
            {
                level++;
                steps.RemoveAll(one => !KeyCounts.IsHeld(one.Parent, level));
            }
        }
    }

    /// <summary>Rows by transition: place of the state before times the number of states, plus place of the one after.</summary>
    public long[] Transitions()
    {
        var states = cases.Enums[cases.States!.States].Values.Count;
        var counts = new long[states * states];
        steps.Sort(static (one, other) => one.Parent != other.Parent ? one.Parent.CompareTo(other.Parent) : one.Time != other.Time ? one.Time.CompareTo(other.Time) : one.Row.CompareTo(other.Row));
        for (var at = 1; at < steps.Count; at++)
        {
            if (steps[at].Parent == steps[at - 1].Parent)
                counts[(steps[at - 1].State * states) + steps[at].State]++;
        }

        return counts;
    }

    private static long[][] NewValues(EntityCases of) => [.. of.Enums.Select(listed => new long[listed.Values.Count])];

    private static long[][] NewPairs(EntityCases of) => [.. of.Pairs.Select(pair => new long[of.Enums[pair.One].Values.Count * of.Enums[pair.Other].Values.Count])];

    private static void Add(long[] to, long[] more)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] += more[i];
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Step(ulong Parent, long Time, long Row, int State);

    private sealed class Segment(EntityCases cases) : SegmentPass
    {
        private int[][] codes = [.. cases.Enums.Select(_ => Array.Empty<int>())];

        public long[] Boundaries { get; } = new long[cases.Boundaries.Count];
        public long[][] Values { get; } = NewValues(cases);
        public long[][] Pairs { get; } = NewPairs(cases);
        public List<Step> Steps { get; } = [];

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            for (var boundary = 0; boundary < Boundaries.Length; boundary++)
                Boundaries[boundary] += cases.Boundaries[boundary].Count(columns[cases.Boundaries[boundary].Place]!, count);
            for (var listed = 0; listed < Values.Length; listed++)
                AddValues(listed, columns[cases.Enums[listed].Place]!, count);
            for (var pair = 0; pair < Pairs.Length; pair++)
            {
                var (one, other) = (codes[cases.Pairs[pair].One], codes[cases.Pairs[pair].Other]);
                var width = cases.Enums[cases.Pairs[pair].Other].Values.Count;
                for (var row = 0; row < count; row++)
                {
                    if ((one[row] | other[row]) >= 0)
                        Pairs[pair][(one[row] * width) + other[row]]++;
                }
            }

            if (cases.States is { } states)
                AddSteps(states, firstRow, columns, count);
        }

        private void AddValues(int listed, Column column, int count)
        {
            if (codes[listed].Length < count)
                codes[listed] = new int[count];
            for (var row = 0; row < count; row++)
            {
                var code = cases.Enums[listed].Code(column, row);
                codes[listed][row] = code;
                if (code >= 0)
                    Values[listed][code]++;
            }
        }

        private void AddSteps(StateColumn states, long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            var times = (LongColumn)columns[states.Time]!;
            for (var row = 0; row < count; row++)
            {
                if (codes[states.States][row] < 0 || times.IsNull(row))
                    continue;
                var parent = 1UL;
                foreach (var place in states.Parent)
                    parent = columns[place]!.IsNull(row) ? 0 : parent == 0 ? 0 : ValueHash.Combine(parent, ValueHash.Of(columns[place]!, row));
                if (parent != 0)
                    Steps.Add(new(parent, times.Values[row], firstRow + row, codes[states.States][row]));
            }
        }
    }
}
