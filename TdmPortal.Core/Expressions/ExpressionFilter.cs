using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Expressions;

/// <summary>Filters stored rows by a condition in the schema's own expression language.</summary>
public static class ExpressionFilter
{
    /// <summary>The condition as SQL over the columns' field names (quoted).</summary>
    /// <param name="text">Over the fields of one entity; relationships cannot be named.</param>
    /// <param name="value">
    /// Writes a text value of the condition, as a parameter (<c>$3</c>) or any other SQL of type text; null: as a quoted literal.
    /// Numbers, dates and the like are literals in any case: they are parsed and formatted here.
    /// </param>
    /// <exception cref="PortalException"><c>dataset.filter_invalid</c>: says at which character and why.</exception>
    public static string ToSql(string text, IReadOnlyList<ColumnDescription> columns, Func<string, string>? value = null)
    {
        var result = CheckedExpression.Condition(text, new ColumnScope(columns));
        if (result.Error is { } error)
        {
            throw new PortalException("dataset.filter_invalid", $"The filter is wrong at character {error.Position + 1}: {error.Message}")
            {
                Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["position"] = error.Position },
                SuggestedActions = error.Suggestion is null ? [] : [error.Suggestion],
            };
        }

        return ExpressionSql.Condition(result.Expression!, SqlSchema.Quote, value ?? ExpressionSql.Literal);
    }

    /// <summary>What is wrong with a filter, or null: for a page that checks while one types.</summary>
    public static ExpressionError? Check(string text, IReadOnlyList<ColumnDescription> columns) => CheckedExpression.Condition(text, new ColumnScope(columns)).Error;

    private sealed class ColumnScope(IReadOnlyList<ColumnDescription> columns) : ExpressionScope
    {
        public override string Name => "This entity";

        public override IEnumerable<string> FieldNames => columns.Select(one => one.Name);

        public override FieldValue? Field(string name)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (columns[i].Name == name)
                    return new(name, i, new(columns[i].Type, columns[i].Type == Schemas.FieldType.Decimal ? columns[i].Scale : 0, columns[i].IsArray));
            }

            return null;
        }
    }
}
