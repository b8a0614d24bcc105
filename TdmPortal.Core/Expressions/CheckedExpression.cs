namespace TdmPortal.Core.Expressions;

/// <summary>What came of parsing and checking a text: one of the two is null.</summary>
internal readonly record struct CheckedExpression(Expression? Expression, ExpressionError? Error)
{
    /// <summary>A condition: <c>when</c>, a check, a filter.</summary>
    public static CheckedExpression Condition(string text, ExpressionScope scope) => Try(text, scope, (checker, syntax) => checker.Condition(syntax));

    /// <summary>A value of any type.</summary>
    public static CheckedExpression Value(string text, ExpressionScope scope) => Try(text, scope, (checker, syntax) => checker.Value(syntax));

    /// <summary>A value assigned to a field of the given type, converted as PostgreSQL does on assignment.</summary>
    public static CheckedExpression Assignment(string text, ExpressionScope scope, ExpressionType target) => Try(text, scope, (checker, syntax) => checker.Assignment(syntax, target));

    private static CheckedExpression Try(string text, ExpressionScope scope, Func<ExpressionChecker, Syntax, Expression> check)
    {
        try
        {
            return new(check(new(scope), ExpressionParser.Parse(text)), null);
        }
        catch (ExpressionException exception)
        {
            return new(null, exception.Error);
        }
    }
}
