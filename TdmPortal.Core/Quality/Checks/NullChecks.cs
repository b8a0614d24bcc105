using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Values that are there and values that are not.</summary>
internal static class NullChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("not_null", RuleKind.Completeness, "Is always filled in", "No value is null.",
            "expect_column_values_to_not_be_null, isComplete, hasCompleteness, missing, required")) { Bind = NotNull },
        new(Define("null", RuleKind.Completeness, "Is never filled in", "Every value is null.",
            "expect_column_values_to_be_null")) { Bind = Null },
        new(Define("not_empty", RuleKind.Completeness, "Is not blank", "No text is empty or made of white space alone; no list is without elements.",
            "not_empty_string, blank")) { Bind = NotEmpty },
        new(Define("any_not_null", RuleKind.Completeness, "At least one of them is filled in", "In each row at least one of the columns has a value.",
            "areAnyComplete, haveAnyCompleteness") with { LeastColumns = 2, MostColumns = 16 }) { Bind = AnyNotNull },
        new(Define("all_or_none_null", RuleKind.Completeness, "All of them are filled in, or none", "In each row the columns have all a value, or none of them has one.",
            "areComplete, haveCompleteness") with { LeastColumns = 2, MostColumns = 16 }) { Bind = AllOrNone },
    ];

    private static RowTest NotNull(RuleContext context) => Nulls(context.Columns[0], fails: true);

    private static RowTest Null(RuleContext context) => Nulls(context.Columns[0], fails: false);

    private static RowTest Nulls(int field, bool fails) => new((batch, verdicts) =>
    {
        var column = batch[field];
        if (fails && !column.HasNulls)
            return;
        for (var i = 0; i < verdicts.Length; i++)
        {
            if (column.IsNull(i) == fails)
                verdicts[i] = Verdict.Fails;
        }
    });

    private static RowTest? NotEmpty(RuleContext context)
    {
        if (context.Field() is { Array: not null })
            return RowTest.Of<ArrayColumn>(context.Columns[0], (column, row) => column.Offsets[row + 1] > column.Offsets[row]);
        if (context.Field().Type == FieldType.String)
            return RowTest.Of<TextColumn>(context.Columns[0], (column, row) => !IsBlank(column[row]));
        context.Refuse("columns[0]", $"{context.Field().Name} is neither a text nor a list, so it cannot be blank.", "Use not_null");
        return null;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var size);
            if (!Rune.IsWhiteSpace(rune))
                return false;
            text = text[size..];
        }

        return true;
    }

    private static RowTest AnyNotNull(RuleContext context) => Filled(context.Columns, (filled, _) => filled > 0);

    private static RowTest AllOrNone(RuleContext context) => Filled(context.Columns, (filled, all) => filled == 0 || filled == all);

    private static RowTest Filled(IReadOnlyList<int> fields, Func<int, int, bool> passes) => new((batch, verdicts) =>
    {
        for (var i = 0; i < verdicts.Length; i++)
        {
            var filled = 0;
            foreach (var field in fields)
                filled += batch[field].IsNull(i) ? 0 : 1;
            if (!passes(filled, fields.Count))
                verdicts[i] = Verdict.Fails;
        }
    });
}
