using System.Buffers;
using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>
/// A state that fits the row's dates. It walks the transition map from the initial state: a state with a date is entered
/// when that date is there and not after as-of, and then it must be entered; among states without a date the walk goes on
/// by weight or stays, each way equally likely unless weights say otherwise.
/// </summary>
internal sealed class StatesSource : ValueSource
{
    private const int MaxSteps = 64;
    private readonly Column names;
    private readonly (int To, double Weight)[][] transitions;
    private readonly double[] staying;
    private readonly FieldReference?[] dates;
    private readonly long asOf;
    private readonly int initial;
    private readonly int longest;

    private StatesSource(SourceContext context, List<string> states, Column names, (int, double)[][] transitions, double[] staying, FieldReference?[] dates)
    {
        (this.names, this.transitions, this.staying, this.dates, asOf) = (names, transitions, staying, dates, context.AsOf);
        initial = states.IndexOf(context.Text("initial"));
        longest = ChoiceSource.Longest(states);
    }

    public override int? LongestText => longest;

    public static ValueSource? Create(SourceContext context)
    {
        var first = context.Text("initial");
        if (context.Argument("transitions") is not { ValueKind: JsonValueKind.Object } map)
            return context.Refuse<ValueSource?>("transitions", "states needs \"transitions\": for each state what may follow", null);
        var followers = new Dictionary<string, WeightedValues>(StringComparer.Ordinal);
        foreach (var item in map.EnumerateObject())
        {
            if (item.Value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
                continue;
            if (WeightedValues.Read(context, item.Value, "transitions") is not { } read)
                return null;
            followers[item.Name] = read;
        }

        var states = followers.SelectMany(entry => entry.Value.Texts.OfType<string>().Prepend(entry.Key)).Concat(map.EnumerateObject().Select(item => item.Name)).Prepend(first).Distinct(StringComparer.Ordinal).ToList();
        if (!states.Skip(1).Any() || context.Failed())
            return context.Failed() ? null : context.Refuse<ValueSource?>("transitions", $"nothing follows \"{first}\"", null);
        if (ReadDates(context, states) is not { } reached || ChoiceSource.Table(context, states, "transitions") is not { } names)
            return null;
        var stays = new double[states.Count];
        var moves = new (int, double)[states.Count][];
        for (var i = 0; i < states.Count; i++)
        {
            var (texts, weights) = followers.TryGetValue(states[i], out var read) ? (read.Texts, read.Weights) : ([], []);
            moves[i] = [.. texts.Select((text, k) => (states.IndexOf(text!), weights[k])).Where(next => next.Item1 != i)];
            var self = Enumerable.Range(0, texts.Count).Where(k => texts[k] == states[i]).ToArray();
            stays[i] = self.Length > 0 ? weights[self[0]] : moves[i].Length == 0 ? 1 : moves[i].Average(next => next.Item2);
        }

        return new StatesSource(context, states, names, moves, stays, reached);
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        var picked = ArrayPool<int>.Shared.Rent(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var draw = new Draw(Randomness.Cell(fill.Key, rows[i]));
            var state = initial;
            for (var step = 0; step < MaxSteps && Next(state, ref draw, fill, i) is >= 0 and var next; step++)
                state = next;
            picked[i] = state;
        }

        target.Gather(names, picked.AsSpan(0, rows.Length));
        ArrayPool<int>.Shared.Return(picked);
    }

    /// <summary>The state that follows, -1 to stay.</summary>
    private int Next(int state, ref Draw draw, FillContext fill, int row)
    {
        var (dated, open) = (0.0, 0.0);
        foreach (var (to, weight) in transitions[state])
        {
            if (dates[to] is not { } date)
                open += weight;
            else if (Reached(fill, date, row))
                dated += weight;
        }

        var total = dated > 0 ? dated : open + staying[state];
        var pick = draw.Unit() * total;
        foreach (var (to, weight) in transitions[state])
        {
            if (dated > 0 ? dates[to] is { } date && Reached(fill, date, row) : dates[to] is null)
            {
                pick -= weight;
                if (pick < 0)
                    return to;
            }
        }

        return -1;
    }

    private bool Reached(FillContext fill, FieldReference date, int row)
    {
        var column = (LongColumn)fill[date];
        return !column.IsNull(row) && column.Values[row] * (date.Type == FieldType.Date ? TimeText.Day : 1) <= asOf;
    }

    private static FieldReference?[]? ReadDates(SourceContext context, List<string> states)
    {
        var found = new FieldReference?[states.Count];
        if (context.Argument("dates") is not { ValueKind: JsonValueKind.Object } map)
            return found;
        foreach (var item in map.EnumerateObject())
        {
            var state = states.IndexOf(item.Name);
            if (state < 0)
                return context.Refuse<FieldReference?[]?>("dates", $"\"{item.Name}\" is not one of the states", null);
            if (context.Reference(Literals.Text(item.Value), "dates") is not { } field)
                return null;
            if (field.Type is not (FieldType.Date or FieldType.Timestamp))
                return context.Refuse<FieldReference?[]?>("dates", $"{item.Value} is no date", null);
            found[state] = field;
        }

        return found;
    }
}
