using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Expressions;

/// <summary>Looks up names and types and makes every promotion explicit.</summary>
internal sealed partial class ExpressionChecker(ExpressionScope scope)
{
    public Expression Condition(Syntax syntax)
    {
        var condition = Check(syntax);
        return condition is Constant { IsUntyped: true, Value: null } ? new Constant(ExpressionType.Boolean, null)
            : condition.Type == ExpressionType.Boolean ? condition
            : throw new ExpressionException(syntax.Position, $"A condition is needed here, but this is {Describe(condition)}.", "Compare it with a value");
    }

    public Expression Value(Syntax syntax)
    {
        var value = Check(syntax);
        return value is Constant { IsUntyped: true } ? Promotion.Convert(value, ExpressionType.String, syntax.Position) : value;
    }

    public Expression Assignment(Syntax syntax, ExpressionType target)
    {
        var value = Check(syntax);
        return Promotion.Assign(value, target, syntax.Position);
    }

    private Expression Check(Syntax syntax) => syntax switch
    {
        NumberSyntax number => Literals.Number(number),
        TextSyntax text => new Constant(ExpressionType.String, text.Text, isUntyped: true),
        BooleanSyntax boolean => new Constant(ExpressionType.Boolean, boolean.Value),
        NullSyntax => new Constant(ExpressionType.String, null, isUntyped: true),
        NameSyntax name => Field(name),
        ParentSyntax parent => Parent(parent),
        NegateSyntax negate => Negate(negate),
        NotSyntax not => new Inversion(Condition(not.Operand)),
        IsNullSyntax test => NullTest(test),
        LogicalSyntax logical => new Logical(logical.IsAnd, [.. logical.Operands.Select(Condition)]),
        BinarySyntax binary => Comparisons.TryGetValue(binary.Symbol, out var comparison) ? Compare(comparison, binary.Left, binary.Right, binary.Position) : Arithmetic(binary),
        BetweenSyntax between => Between(between),
        InSyntax membership => Membership(membership),
        CaseSyntax choice => Choice(choice),
        CallSyntax call => Call(call),
        _ => throw new InvalidOperationException($"No check for {syntax.GetType().Name}."),
    };

    private static readonly Dictionary<string, ComparisonKind> Comparisons = new(StringComparer.Ordinal)
    {
        ["="] = ComparisonKind.Equal,
        ["!="] = ComparisonKind.NotEqual,
        ["<"] = ComparisonKind.Less,
        ["<="] = ComparisonKind.LessOrEqual,
        [">"] = ComparisonKind.Greater,
        [">="] = ComparisonKind.GreaterOrEqual,
    };

    private FieldValue Field(NameSyntax name)
    {
        if (scope.Field(name.Name) is { } field)
            return field;
        var nearest = NearestName.Find(name.Name, scope.FieldNames);
        throw new ExpressionException(name.Position, $"{scope.Name} has no field \"{name.Name}\".",
            nearest is not null ? $"Write {nearest}" : $"If \"{name.Name}\" is a text, write '{name.Name}'");
    }

    private ParentValue Parent(ParentSyntax parent)
    {
        if (scope.Parent(parent.Relationship) is not { } found)
        {
            var nearest = NearestName.Find(parent.Relationship, scope.ParentRelationships);
            var known = string.Join(", ", scope.ParentRelationships.Take(5));
            throw new ExpressionException(parent.RelationshipPosition, $"{scope.Name} has no relationship \"{parent.Relationship}\" to a parent.",
                nearest is not null ? $"Write parent({nearest})" : known.Length > 0 ? $"Known are: {known}" : null);
        }

        if (found.Parent.Field(parent.Field) is { } field)
            return new(found.Relationship, field.Name, field.Index, field.Type);
        var near = NearestName.Find(parent.Field, found.Parent.FieldNames);
        throw new ExpressionException(parent.FieldPosition, $"{found.Parent.Name} has no field \"{parent.Field}\".", near is null ? null : $"Write {near}");
    }

    private Expression Negate(NegateSyntax negate)
    {
        var operand = Check(negate.Operand);
        RequireNumber(operand, negate.Operand.Position, "A sign");
        return new Negation(operand);
    }

    private NullTest NullTest(IsNullSyntax test)
    {
        var operand = Check(test.Operand);
        return new(operand, test.Negated);
    }

    private Expression Compare(ComparisonKind kind, Syntax leftSyntax, Syntax rightSyntax, int position)
    {
        if (leftSyntax is NullSyntax || rightSyntax is NullSyntax)
            throw new ExpressionException(position, "A comparison with null is never true.", kind == ComparisonKind.NotEqual ? "Write is not null" : "Write is null");
        var left = Check(leftSyntax);
        var right = Check(rightSyntax);
        return Compare(kind, left, right, position);
    }

    private static Comparison Compare(ComparisonKind kind, Expression left, Expression right, int position)
    {
        var type = Promotion.Common([left, right], position, "compared");
        if (type.IsArray || type.Kind == FieldType.Json)
            throw new ExpressionException(position, $"A {type} cannot be compared.", "Only is null and is not null can be asked of it");
        return new(kind, Promotion.Convert(left, type, position), Promotion.Convert(right, type, position));
    }

    private Expression Between(BetweenSyntax between)
    {
        var operand = Check(between.Operand);
        var both = new Logical(isAnd: true,
        [
            Compare(ComparisonKind.GreaterOrEqual, operand, Check(between.Low), between.Position),
            Compare(ComparisonKind.LessOrEqual, operand, Check(between.High), between.Position),
        ]);
        return between.Negated ? new Inversion(both) : both;
    }

    private Expression Membership(InSyntax syntax)
    {
        List<Expression> all = [Check(syntax.Operand), .. syntax.Items.Select(Check)];
        var type = Promotion.Common(all, syntax.Position, "compared");
        if (type.IsArray || type.Kind == FieldType.Json)
            throw new ExpressionException(syntax.Position, $"A {type} cannot be compared.", "Only is null and is not null can be asked of it");
        var items = new List<Expression>(syntax.Items.Count);
        for (var i = 0; i < syntax.Items.Count; i++)
            items.Add(Promotion.Convert(all[i + 1], type, syntax.Items[i].Position));
        var membership = new Membership(Promotion.Convert(all[0], type, syntax.Operand.Position), items);
        return syntax.Negated ? new Inversion(membership) : membership;
    }

    private Choice Choice(CaseSyntax syntax)
    {
        var conditions = syntax.Conditions.Select(Condition).ToList();
        var values = syntax.Values.Select(Check).ToList();
        var otherwise = Check(syntax.Otherwise);
        var type = Promotion.Common([.. values, otherwise], syntax.Position, "results of one case");
        for (var i = 0; i < values.Count; i++)
            values[i] = Promotion.Convert(values[i], type, syntax.Values[i].Position);
        return new(conditions, values, Promotion.Convert(otherwise, type, syntax.Otherwise.Position));
    }

    private Expression Arithmetic(BinarySyntax syntax)
    {
        var left = Check(syntax.Left);
        var right = Check(syntax.Right);
        if (left.Type.IsDay || right.Type.IsDay)
            return DayArithmetic(syntax, left, right);
        if (left is Constant { IsUntyped: true } && right.Type.IsNumber)
            left = Promotion.Convert(left, right.Type, syntax.Left.Position);
        if (right is Constant { IsUntyped: true } && left.Type.IsNumber)
            right = Promotion.Convert(right, left.Type, syntax.Right.Position);
        RequireNumber(left, syntax.Left.Position, $"\"{syntax.Symbol}\"");
        RequireNumber(right, syntax.Right.Position, $"\"{syntax.Symbol}\"");
        var kind = syntax.Symbol switch
        {
            "+" => ArithmeticKind.Add,
            "-" => ArithmeticKind.Subtract,
            "*" => ArithmeticKind.Multiply,
            "/" => ArithmeticKind.Divide,
            _ => ArithmeticKind.Remainder,
        };
        if (kind is ArithmeticKind.Divide or ArithmeticKind.Remainder && Literals.IsZero(right))
            throw new ExpressionException(syntax.Position, "This divides by zero.");
        return Promotion.Arithmetic(kind, left, right, syntax.Position);
    }

    private static Expression DayArithmetic(BinarySyntax syntax, Expression left, Expression right)
    {
        if (syntax.Symbol == "-" && left.Type == ExpressionType.Date && right.Type == ExpressionType.Date)
            return new FunctionCall(FunctionKind.DateDiff, [left, right], ExpressionType.Integer);
        if (syntax.Symbol is "+" or "-" && left.Type == ExpressionType.Date && right.Type == ExpressionType.Integer)
            return new FunctionCall(FunctionKind.AddDays, [left, syntax.Symbol == "+" ? right : new Negation(right)], ExpressionType.Date);
        if (syntax.Symbol == "+" && left.Type == ExpressionType.Integer && right.Type == ExpressionType.Date)
            return new FunctionCall(FunctionKind.AddDays, [right, left], ExpressionType.Date);
        throw new ExpressionException(syntax.Position, $"\"{syntax.Symbol}\" does not go with {Describe(left)} and {Describe(right)}.",
            "Write addDays(day, 7), addMonths(day, 1) or dateDiff(later, earlier)");
    }

    private static void RequireNumber(Expression operand, int position, string what)
    {
        if (operand.Type.IsNumber)
            return;
        throw new ExpressionException(position, $"{what} needs a number, but this is {Describe(operand)}.",
            operand.Type == ExpressionType.String ? "To join texts, write concat(a, b)" : null);
    }

    private static string Describe(Expression expression) => expression switch
    {
        Constant { IsUntyped: true, Value: null } => "null",
        Constant { IsUntyped: true } => "a text",
        FieldValue field => $"{field.Name}, {Article(field.Type)}",
        ParentValue parent => $"{parent.Name}, {Article(parent.Type)}",
        _ => Article(expression.Type),
    };

    internal static string Article(ExpressionType type) => type.Kind == FieldType.Integer && !type.IsArray ? "an integer" : $"a {type}";
}
