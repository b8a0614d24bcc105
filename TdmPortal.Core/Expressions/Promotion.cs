using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Expressions;

/// <summary>PostgreSQL's rules for types that meet: integer → decimal → double, date → timestamp, texts in quotes and null to anything.</summary>
internal static class Promotion
{
    /// <summary>The type that all can take.</summary>
    public static ExpressionType Common(IReadOnlyList<Expression> expressions, int position, string meeting)
    {
        ExpressionType? common = null;
        foreach (var expression in expressions)
        {
            if (expression is Constant { IsUntyped: true })
                continue;
            common = common is null ? expression.Type
                : Wider(common.Value, expression.Type)
                ?? throw new ExpressionException(position, $"{Capital(ExpressionChecker.Article(common.Value))} and {ExpressionChecker.Article(expression.Type)} cannot be {meeting}.");
        }

        // A quoted decimal may carry more digits than the field that it meets.
        if (common is { Kind: FieldType.Decimal or FieldType.Integer, IsArray: false } number)
        {
            foreach (var expression in expressions)
            {
                if (expression is Constant { IsUntyped: true, Value: string text } && Literals.Parse(text, ExpressionType.Decimal(0)) is { } literal && literal.Type.Scale > number.Scale)
                    common = number.Kind == FieldType.Decimal ? literal.Type : number;
            }
        }

        return common ?? ExpressionType.String;
    }

    /// <summary>Converts to a type that is wider or equal.</summary>
    public static Expression Convert(Expression expression, ExpressionType type, int position)
    {
        if (expression is Constant { IsUntyped: true } constant)
            return Untyped(constant, type, position);
        if (expression.Type == type)
            return expression;
        if (expression is Constant { Value: Int128 exact } && type.Kind == FieldType.Decimal && type.Scale >= expression.Type.Scale)
            return Rescaled(exact, expression.Type.Scale, type, position);
        if (expression is Constant { Value: long whole } && expression.Type.Kind == FieldType.Integer && type.Kind == FieldType.Decimal)
            return Rescaled(whole, 0, type, position);
        return new Conversion(expression, type);
    }

    /// <summary>Converts to the type of a field that takes the value.</summary>
    public static Expression Assign(Expression expression, ExpressionType target, int position)
    {
        if (expression is Constant { IsUntyped: true } constant)
            return target is { Kind: FieldType.Json, IsArray: false } && constant.Value is string json ? Json(json, target, position) : Untyped(constant, target, position);
        var from = expression.Type;
        var possible = !from.IsArray && !target.IsArray && (from.Kind == target.Kind
            || (from.IsNumber && target.IsNumber)
            || (from.IsDay && target.IsDay)
            || target.Kind == FieldType.String);
        if (!possible && from != target)
            throw new ExpressionException(position, $"This gives {ExpressionChecker.Article(from)}, which {ExpressionChecker.Article(target)} field cannot take.", $"Change the field's type to {FieldTypeNames.Of(from.Kind)}");
        return from == target ? expression : new Conversion(expression, target);
    }

    public static Expression Arithmetic(ArithmeticKind kind, Expression left, Expression right, int position)
    {
        var wider = Wider(left.Type, right.Type)!.Value;
        if (wider.Kind == FieldType.Double)
        {
            if (kind == ArithmeticKind.Remainder)
                throw new ExpressionException(position, "\"%\" is not defined for doubles.", "Use an integer or decimal field");
            return new Arithmetic(kind, Convert(left, wider, position), Convert(right, wider, position), wider);
        }

        if (wider.Kind == FieldType.Integer)
            return new Arithmetic(kind, left, right, wider);

        if (kind is ArithmeticKind.Multiply or ArithmeticKind.Divide)
        {
            left = left.Type.Kind == FieldType.Integer ? Convert(left, ExpressionType.Decimal(0), position) : left;
            right = right.Type.Kind == FieldType.Integer ? Convert(right, ExpressionType.Decimal(0), position) : right;
            var scale = kind == ArithmeticKind.Multiply ? left.Type.Scale + right.Type.Scale : Math.Max(ExpressionType.QuotientScale, wider.Scale);
            if (scale > ExpressionType.MaxDigits)
                throw new ExpressionException(position, $"The product has {scale} digits after the point; a decimal has at most {ExpressionType.MaxDigits}.", "Round the factors first: round(x, 4)");
            return new Arithmetic(kind, left, right, ExpressionType.Decimal(scale));
        }

        return new Arithmetic(kind, Convert(left, wider, position), Convert(right, wider, position), wider);
    }

    private static ExpressionType? Wider(ExpressionType a, ExpressionType b)
    {
        if (a == b)
            return a;
        if (a.IsNumber && b.IsNumber)
        {
            return a.Kind == FieldType.Double || b.Kind == FieldType.Double ? ExpressionType.Double
                : ExpressionType.Decimal(Math.Max(a.Scale, b.Scale));
        }

        return a.IsDay && b.IsDay ? ExpressionType.Timestamp : null;
    }

    private static Constant Untyped(Constant constant, ExpressionType type, int position)
    {
        if (constant.Value is not string text)
            return new(type, null);
        var parsed = type.IsArray ? null : Literals.Parse(text, type);
        if (parsed is null)
        {
            var form = type.Kind switch
            {
                FieldType.Date => "2026-01-31",
                FieldType.Time => "08:30:00",
                FieldType.Timestamp => "2026-01-31T08:30:00Z",
                FieldType.Uuid => "00000000-0000-0000-0000-000000000000",
                FieldType.Boolean => "true",
                FieldType.Decimal or FieldType.Double => "12.5",
                FieldType.Integer => "12",
                _ => null,
            };
            throw new ExpressionException(position, $"'{text}' is not {ExpressionChecker.Article(type)}.", form is null ? null : $"Write it like '{form}'");
        }

        return parsed.Type.Kind == FieldType.Decimal ? Rescaled((Int128)parsed.Value!, parsed.Type.Scale, type, position) : parsed;
    }

    private static Constant Json(string json, ExpressionType target, int position)
    {
        try
        {
            using var parsed = System.Text.Json.JsonDocument.Parse(json);
            return new(target, json);
        }
        catch (System.Text.Json.JsonException)
        {
            throw new ExpressionException(position, "The text is not JSON, which the field takes.");
        }
    }

    private static Constant Rescaled(Int128 unscaled, int scale, ExpressionType type, int position)
    {
        for (; scale < type.Scale; scale++)
        {
            if (Int128.Abs(unscaled) > Int128.MaxValue / 10)
                throw new ExpressionException(position, $"A number has at most {ExpressionType.MaxDigits} digits.");
            unscaled *= 10;
        }

        for (; scale > type.Scale; scale--)
        {
            // Half away from zero, once, at the last digit dropped.
            unscaled = scale - 1 == type.Scale ? (unscaled + (unscaled < 0 ? -5 : 5)) / 10 : unscaled / 10;
        }

        return new(type, unscaled);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
