using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Conditions in the schema's expression language.</summary>
internal static class ExpressionChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("expression", RuleKind.Business, "Meets a condition", "The condition is not false in any row; one that is unknown because of a null passes, as a CHECK of SQL does. It may name parents and count or sum over children. Columns, where some are named, are those that are shown of failing rows.",
            "expression_is_true, satisfies, failed_rows, check", null,
            new ArgumentDefinition("condition", ArgumentKind.Expression, "Such as total >= 0 and parent(order_customer).tier != 'closed'.") { Required = true }) with { LeastColumns = 0, MostColumns = 16 }) { Bind = Condition },
    ];

    /// <summary>Whether a condition is false.</summary>
    public static RowTest Test(Expression condition) => new RowTest((batch, verdicts) =>
    {
        var holds = batch.Holds(condition);
        for (var i = 0; i < verdicts.Length; i++)
        {
            if (!holds.IsNull(i) && holds.Values[i] == 0)
                verdicts[i] = Verdict.Fails;
        }
    }).Evaluating(condition);

    private static RowTest? Condition(RuleContext context) => context.Condition("args.condition", context.Text("condition")) is { } condition ? Test(condition) : null;
}
