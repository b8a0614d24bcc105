using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Values that are listed.</summary>
internal static class SetChecks
{
    private static readonly ArgumentDefinition Values = new("values", ArgumentKind.Choices, "The values, as a list.") { Required = true };

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("in_set", RuleKind.Format, "Is one of a list", "Every value is one of those listed.",
            "expect_column_values_to_be_in_set, expect_column_distinct_values_to_be_in_set, accepted_values, isContainedIn, valid_values, enum", Comparable, Values)) { Bind = InSet },
        new(Define("not_in_set", RuleKind.Format, "Is none of a list", "No value is one of those listed.",
            "expect_column_values_to_not_be_in_set, not_accepted_values, invalid_values", Comparable, Values)) { Bind = NotInSet },
        new(Define("pair_in_set", RuleKind.Consistency, "Two columns go together as listed", "In each row the two columns are one of the pairs listed.",
            "expect_column_pair_values_to_be_in_set", Comparable,
            new ArgumentDefinition("pairs", ArgumentKind.Json, "A list of pairs, such as [[\"DE\", \"EUR\"], [\"US\", \"USD\"]].") { Required = true }) with { LeastColumns = 2, MostColumns = 2 }) { Bind = PairInSet },
        new(Define("contains_set", RuleKind.Business, "Every value of a list occurs", "Each of the values listed occurs in at least one row.",
            "expect_column_distinct_values_to_contain_set, expect_column_distinct_values_to_equal_set", Comparable, Values)) { Bind = Contains },
    ];

    private static RowTest? InSet(RuleContext context) => Listed(context, wanted: true);

    private static RowTest? NotInSet(RuleContext context) => Listed(context, wanted: false);

    private static RowTest? Listed(RuleContext context, bool wanted)
    {
        if (context.List("values", context.Field()) is not { } values)
            return null;
        var known = Hashes([values]).Order;
        var field = context.Columns[0];
        return new((batch, verdicts) =>
        {
            var hashes = new UInt128[verdicts.Length];
            var isNull = new bool[verdicts.Length];
            KeyHash.Fill([batch[field]], hashes, isNull);
            for (var i = 0; i < verdicts.Length; i++)
                verdicts[i] = isNull[i] ? Verdict.None : known.ContainsKey(hashes[i]) == wanted ? Verdict.Holds : Verdict.Fails;
        });
    }

    private static RowTest? PairInSet(RuleContext context)
    {
        if (context.Value("pairs") is not { } pairs)
            return null;
        if (pairs.ValueKind != JsonValueKind.Array || pairs.GetArrayLength() == 0 || pairs.EnumerateArray().Any(pair => pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2))
        {
            context.Wrong("pairs", "a list of pairs such as [[\"DE\", \"EUR\"], [\"US\", \"USD\"]]", pairs);
            return null;
        }

        if (context.Literals("pairs", [.. pairs.EnumerateArray().Select(pair => pair[0])], context.Field()) is not { } first
            || context.Literals("pairs", [.. pairs.EnumerateArray().Select(pair => pair[1])], context.Field(1)) is not { } second)
        {
            return null;
        }

        var known = Hashes([first, second]).Order;
        var (left, right) = (context.Columns[0], context.Columns[1]);
        return new((batch, verdicts) =>
        {
            var hashes = new UInt128[verdicts.Length];
            var isNull = new bool[verdicts.Length];
            KeyHash.Fill([batch[left], batch[right]], hashes, isNull);
            for (var i = 0; i < verdicts.Length; i++)
                verdicts[i] = isNull[i] ? Verdict.None : known.ContainsKey(hashes[i]) ? Verdict.Holds : Verdict.Fails;
        });
    }

    private static ContainsWork? Contains(RuleContext context)
    {
        if (context.List("values", context.Field()) is not { } values)
            return null;
        return new(context.Columns[0], values, Hashes([values]).Order);
    }

    private static (Dictionary<UInt128, int> Order, int Count) Hashes(Column[] values)
    {
        var (hashes, isNull) = (new UInt128[values[0].Count], new bool[values[0].Count]);
        KeyHash.Fill(values, hashes, isNull);
        var order = new Dictionary<UInt128, int>();
        for (var i = 0; i < hashes.Length; i++)
            order.TryAdd(hashes[i], i);
        return (order, hashes.Length);
    }

    /// <summary>Which of the listed values occur: each of them is evaluated, each that is missing fails.</summary>
    private sealed class ContainsWork(int field, Column values, Dictionary<UInt128, int> order) : RowWork
    {
        public override Tally Begin(RuleTexts texts) => new Seen(field, values, order, texts);

        private sealed class Seen(int field, Column values, Dictionary<UInt128, int> order, RuleTexts texts) : Tally
        {
            private readonly bool[] seen = new bool[values.Count];

            public override void Add(RuleBatch batch)
            {
                var (hashes, isNull) = (new UInt128[batch.Count], new bool[batch.Count]);
                KeyHash.Fill([batch[field]], hashes, isNull);
                for (var i = 0; i < hashes.Length; i++)
                {
                    if (!isNull[i] && batch.Looks(i) && order.TryGetValue(hashes[i], out var at))
                        seen[at] = true;
                }
            }

            public override void Take(Tally next)
            {
                for (var i = 0; i < seen.Length; i++)
                    seen[i] |= ((Seen)next).seen[i];
            }

            public override Outcome Finish()
            {
                var missing = order.Values.Where(at => !seen[at]).Order().ToList();
                var shown = string.Join(", ", missing.Take(10).Select(at => texts.Value(values, at)));
                return new(order.Count, missing.Count, [], missing.Count == 0 ? "all occur" : $"missing: {shown}{(missing.Count > 10 ? ", …" : "")}");
            }
        }
    }
}
