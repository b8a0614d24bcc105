using System.Globalization;
using TdmPortal.Core.Import.Checks;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>
/// Checks over which columns are null ("one of the two", "where kind is a, then x and not y"): all states of nulls and
/// discriminators are tried, and shares of nulls chosen so that rows keep to the checks, fixed where a relationship
/// fills a column, since that is not drawn again.
/// </summary>
internal sealed class NullStates(CheckTranslator translator)
{
    private const int MaxStates = 1 << 16;

    /// <summary>Any other value than those that the checks name.</summary>
    private const string Other = "\0";

    [Flags]
    private enum Outcome
    {
        None = 0,
        True = 1,
        False = 2,
        Null = 4,
        Unknown = True | False,
    }

    /// <summary>A column and the states that it may have: null is null, "" any value, else this value.</summary>
    private sealed record Variable(ImportColumn Column, IReadOnlyList<string?> States);

    private readonly Dictionary<ImportColumn, string?> state = [];

    /// <param name="checks">All of one table, with whether the document has each as a constraint.</param>
    public void Settle(IReadOnlyList<(ServerExpression Check, bool IsKept)> checks)
    {
        var left = checks.Where(check => NullTested(check.Check).Any()).ToList();
        while (left.Count > 0)
        {
            var group = new List<(ServerExpression Check, bool IsKept)> { left[0] };
            left.RemoveAt(0);
            for (var grown = true; grown;)
            {
                var columns = group.SelectMany(one => ColumnsOf(one.Check)).ToHashSet();
                var more = left.Where(one => ColumnsOf(one.Check).Any(columns.Contains)).ToList();
                grown = more.Count > 0;
                group.AddRange(more);
                left.RemoveAll(more.Contains);
            }

            Settle(group);
        }
    }

    private void Settle(List<(ServerExpression Check, bool IsKept)> checks)
    {
        var variables = Variables(checks.ConvertAll(one => one.Check));
        var total = variables.Aggregate(1L, (product, one) => Math.Min(MaxStates + 1L, product * one.States.Count));
        if (variables.Count == 0 || total > MaxStates)
            return;
        var good = new List<string?[]>();
        for (var number = 0; number < total; number++)
        {
            var rest = number;
            foreach (var variable in variables)
            {
                state[variable.Column] = variable.States[rest % variable.States.Count];
                rest /= variable.States.Count;
            }

            if (checks.TrueForAll(one => (Evaluate(one.Check) & (Outcome.True | Outcome.Null)) != Outcome.None))
                good.Add([.. variables.Select(variable => state[variable.Column])]);
        }

        state.Clear();
        if (good.Count == 0 || good.Count == total)
            return;
        // What relationships fill is decided for all rows, and so that most is left open.
        var linked = variables.Select((variable, i) => (variable, i)).Where(one => one.variable.Column.IsLinked).Select(one => one.i).ToList();
        if (linked.Count > 0)
        {
            good = [.. good.GroupBy(states => string.Join('\u0001', linked.Select(i => states[i] ?? "\u0002"))).OrderByDescending(one => one.Count()).ThenByDescending(one => linked.Count(i => one.First()[i] is not null)).First()];
            foreach (var i in linked)
                Fix(variables[i].Column, good[0][i]);
        }

        var open = Enumerable.Range(0, variables.Count).Except(linked).ToList();
        var possible = open.Aggregate(1L, (product, i) => product * variables[i].States.Count);
        if (checks.TrueForAll(one => one.IsKept) && good.Count * 16 >= possible)
        {
            foreach (var i in open.Where(i => variables[i].States.Contains(null)))
                variables[i].Column.NullPercent = possible == good.Count ? null : 50;
            // Any other value than the checks name is met by chance, and they are not.
            foreach (var i in open.Where(i => variables[i].States.Contains(Other) && !good.Exists(states => states[i] == Other)))
                variables[i].Column.Facts.OneOf([.. good.Select(states => states[i]).OfType<string>().Distinct(StringComparer.Ordinal)]);
            return;
        }

        var best = good.MaxBy(states => open.Count(i => states[i] is not null))!;
        foreach (var i in open)
            Fix(variables[i].Column, best[i]);
    }

    private static void Fix(ImportColumn column, string? value)
    {
        column.NullPercent = value is null ? 100 : 0;
        foreach (var link in column.Table.Links.Where(link => link.Columns.Contains(column)))
            link.NullPercent = value is null ? 100 : 0;
        if (value is { Length: > 0 } and not Other)
            column.Facts.OneOf([value]);
    }

    private List<Variable> Variables(List<ServerExpression> checks)
    {
        var variables = new List<Variable>();
        var tested = checks.SelectMany(NullTested).ToHashSet();
        foreach (var column in checks.SelectMany(ColumnsOf).Distinct())
        {
            var values = checks.SelectMany(check => Compared(check, column)).Distinct(StringComparer.Ordinal).ToList();
            var known = column.Facts.Choices ?? column.Type.Values;
            if (column.Type is { Type: FieldType.Boolean, IsArray: false })
                values = ["true", "false"];
            else if (known is { Count: <= 12 })
                values = [.. known];
            else if (values.Count > 0)
                values.Add(Other);
            if (column.IsLinked)
                values = [];
            var states = new List<string?>(values);
            if (states.Count == 0 && tested.Contains(column))
                states.Add("");
            if (!column.NotNull && !column.Table.PrimaryKey.Contains(column) && (tested.Contains(column) || states.Count > 0))
                states.Add(null);
            if (states.Count > 1)
                variables.Add(new(column, states));
        }

        return variables;
    }

    private IEnumerable<ImportColumn> ColumnsOf(ServerExpression check) => ServerColumns.Of(check).Select(name => translator.Bare(new ServerColumn(name))).OfType<ImportColumn>();

    private IEnumerable<ImportColumn> NullTested(ServerExpression expression) => expression switch
    {
        ServerNullTest test => ColumnsOf(test.Operand),
        ServerDistinct => [],
        ServerCall { Name: "num_nulls" or "num_nonnulls" } call => call.Arguments.SelectMany(ColumnsOf),
        _ => ServerColumns.Parts(expression).SelectMany(NullTested),
    };

    private IEnumerable<string> Compared(ServerExpression expression, ImportColumn column) => expression switch
    {
        ServerBinary { Operator: "=" or "<>" } equal when translator.Bare(equal.Left) == column && Literal(equal.Right) is { } value => [value],
        ServerAny { Operator: "=" or "<>" } any when translator.Bare(any.Left) == column && CheckTranslator.ItemsOf(any.Array) is { } items => items.Select(Literal).OfType<string>(),
        _ => ServerColumns.Parts(expression).SelectMany(part => Compared(part, column)),
    };

    private static string? Literal(ServerExpression expression)
    {
        while (expression is ServerCast cast)
            expression = cast.Operand;
        return (expression as ServerLiteral)?.Text;
    }

    private Outcome Evaluate(ServerExpression expression)
    {
        switch (expression)
        {
            case ServerLogical logical:
                return logical.Operands.Select(Evaluate).Aggregate((left, right) => Combine(left, right, logical.IsAnd));
            case ServerNot not:
                return Inverted(Evaluate(not.Operand));
            case ServerNullTest test:
                return IsNull(test.Operand) is { } isNull ? Of(isNull != test.Negated) : Outcome.Unknown;
            case ServerTruthTest truth:
                var inner = Evaluate(truth.Operand);
                return inner is Outcome.True or Outcome.False or Outcome.Null ? Of((inner == (truth.Value ? Outcome.True : Outcome.False)) != truth.Negated) : Outcome.Unknown;
            case ServerBinary { Operator: "=" or "<>" or "<" or "<=" or ">" or ">=" } comparison:
                return Compare(comparison);
            case ServerAny { Operator: "=" or "<>" } any:
                return Any(any);
            case ServerLiteral { Kind: ServerLiteralKind.Boolean } literal:
                return Of(literal.Text == "true");
            case ServerLiteral { Kind: ServerLiteralKind.Null }:
                return Outcome.Null;
            case ServerCase choice:
                return Chosen(choice);
            case ServerColumn or ServerCast when translator.Bare(expression) is { } column && state.TryGetValue(column, out var value):
                return value switch { null => Outcome.Null, "true" => Outcome.True, "false" => Outcome.False, _ => Outcome.Unknown };
            default:
                return ColumnsOf(expression).Any(column => state.TryGetValue(column, out var value) && value is null) && expression is not ServerCall { Name: "coalesce" or "concat" or "num_nulls" or "num_nonnulls" } ? Outcome.Null : Outcome.Unknown;
        }
    }

    private Outcome Chosen(ServerCase choice)
    {
        foreach (var (when, then) in choice.Branches)
        {
            switch (Evaluate(when))
            {
                case Outcome.True:
                    return Evaluate(then);
                case Outcome.False or Outcome.Null:
                    continue;
                default:
                    return Outcome.Unknown;
            }
        }

        return choice.Otherwise is null ? Outcome.Null : Evaluate(choice.Otherwise);
    }

    private static Outcome Of(bool value) => value ? Outcome.True : Outcome.False;

    private static Outcome Inverted(Outcome outcome) => (outcome & Outcome.Null) | ((outcome & Outcome.True) != Outcome.None ? Outcome.False : Outcome.None) | ((outcome & Outcome.False) != Outcome.None ? Outcome.True : Outcome.None);

    private static Outcome Combine(Outcome left, Outcome right, bool isAnd)
    {
        var (decides, other) = isAnd ? (Outcome.False, Outcome.True) : (Outcome.True, Outcome.False);
        var result = Outcome.None;
        if (((left | right) & decides) != Outcome.None)
            result |= decides;
        if ((left & other) != Outcome.None && (right & other) != Outcome.None)
            result |= other;
        if (((left & Outcome.Null) != Outcome.None && (right & (Outcome.Null | other)) != Outcome.None) || ((right & Outcome.Null) != Outcome.None && (left & (Outcome.Null | other)) != Outcome.None))
            result |= Outcome.Null;
        // One side that surely decides leaves nothing else.
        return left == decides || right == decides ? decides : result;
    }

    private bool? IsNull(ServerExpression expression)
    {
        while (expression is ServerCast cast)
            expression = cast.Operand;
        switch (expression)
        {
            case ServerColumn column when translator.Bare(column) is { } found:
                return state.TryGetValue(found, out var value) ? value is null : found.NotNull ? false : null;
            case ServerCall { Name: "coalesce" } call:
                var parts = call.Arguments.Select(IsNull).ToList();
                return parts.Contains(false) ? false : parts.TrueForAll(part => part == true) ? true : null;
            default:
                return null;
        }
    }

    private int? Count(ServerExpression expression)
    {
        switch (expression)
        {
            case ServerLiteral { Kind: ServerLiteralKind.Number or ServerLiteralKind.Text, Text: { } digits } when int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                return number;
            case ServerCall { Name: "num_nulls" or "num_nonnulls" } call:
                var nulls = call.Arguments.Select(IsNull).ToList();
                return nulls.Contains(null) ? null : nulls.Count(one => one == (call.Name == "num_nulls"));
            case ServerCast cast when Count(cast.Operand) is { } inner:
                return inner;
            case ServerCast { Type: "integer" or "int" or "int4" } cast:
                return Evaluate(cast.Operand) switch { Outcome.True => 1, Outcome.False => 0, _ => null };
            case ServerCase choice:
                foreach (var (when, then) in choice.Branches)
                {
                    var outcome = Evaluate(when);
                    if (outcome == Outcome.True)
                        return Count(then);
                    if (outcome == Outcome.Unknown)
                        return null;
                }

                return choice.Otherwise is null ? null : Count(choice.Otherwise);
            case ServerBinary { Operator: "+" } sum:
                return Count(sum.Left) + Count(sum.Right);
            default:
                return null;
        }
    }

    private Outcome Compare(ServerBinary comparison)
    {
        if (Count(comparison.Left) is { } left && Count(comparison.Right) is { } right)
        {
            return Of(comparison.Operator switch
            {
                "=" => left == right,
                "<>" => left != right,
                "<" => left < right,
                "<=" => left <= right,
                ">" => left > right,
                _ => left >= right,
            });
        }

        foreach (var side in new[] { comparison.Left, comparison.Right })
        {
            if (translator.Bare(side) is { } bare && state.TryGetValue(bare, out var known) && known is null)
                return Outcome.Null;
        }

        if (comparison.Operator is "=" or "<>")
        {
            if (translator.Bare(comparison.Left) is { } column && state.TryGetValue(column, out var value) && value is { Length: > 0 } && Literal(comparison.Right) is { } literal)
                return Of(string.Equals(value, literal, StringComparison.Ordinal) == (comparison.Operator == "="));
            // (a IS NULL) = (b IS NULL)
            if (comparison.Left is ServerNullTest or ServerBinary or ServerNot && Evaluate(comparison.Left) is var one && Evaluate(comparison.Right) is var other && one != Outcome.Unknown && other != Outcome.Unknown)
                return one == Outcome.Null || other == Outcome.Null ? Outcome.Null : Of((one == other) == (comparison.Operator == "="));
        }

        return Outcome.Unknown;
    }

    private Outcome Any(ServerAny any)
    {
        if (translator.Bare(any.Left) is not { } column || !state.TryGetValue(column, out var value))
            return Outcome.Unknown;
        if (value is null)
            return Outcome.Null;
        if (value.Length == 0 || CheckTranslator.ItemsOf(any.Array) is not { } items)
            return Outcome.Unknown;
        return Of(items.Select(Literal).Contains(value, StringComparer.Ordinal) != (any is { Operator: "<>", IsAll: true }));
    }
}
