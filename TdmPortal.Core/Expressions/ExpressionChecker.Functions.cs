using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Expressions;

internal sealed partial class ExpressionChecker
{
    private static readonly string[] FunctionNames =
    [
        "concat", "upper", "lower", "length", "substring", "replace", "trim", "round", "floor", "ceil", "abs", "min", "max", "coalesce", "if",
        "year", "month", "day", "addDays", "addMonths", "dateDiff", "parent", "count", "sum", "avg",
    ];

    private Expression Call(CallSyntax call)
    {
        var name = FunctionNames.FirstOrDefault(known => known.Equals(call.Function, StringComparison.OrdinalIgnoreCase));
        var count = call.Arguments.Count;
        switch (name)
        {
            case "count" or "sum" or "avg":
                return Aggregate(call, name);
            case "min" or "max" when count > 0 && call.Arguments[0] is NameSyntax first && scope.Field(first.Name) is null && scope.Children(first.Name) is not null:
                return Aggregate(call, name);
            case "min" or "max":
                Expect(call, 1, int.MaxValue, $"{name}(a, b) or {name}(relationship, value)");
                return Alike(call, name == "min" ? FunctionKind.Least : FunctionKind.Greatest, ordered: true);
            case "coalesce":
                Expect(call, 1, int.MaxValue, "coalesce(a, b)");
                return Alike(call, FunctionKind.Coalesce, ordered: false);
            case "concat":
                Expect(call, 1, int.MaxValue, "concat(a, ' ', b)");
                return new FunctionCall(FunctionKind.Concat, [.. call.Arguments.Select(Joined)], ExpressionType.String);
            case "upper" or "lower" or "trim":
                Expect(call, 1, 1, $"{name}(text)");
                return new FunctionCall(name switch { "upper" => FunctionKind.Upper, "lower" => FunctionKind.Lower, _ => FunctionKind.Trim }, [Text(call, 0)], ExpressionType.String);
            case "length":
                Expect(call, 1, 1, "length(text)");
                return new FunctionCall(FunctionKind.Length, [Text(call, 0)], ExpressionType.Integer);
            case "substring":
                Expect(call, 2, 3, "substring(text, 1, 3)");
                return Substring(call);
            case "replace":
                Expect(call, 3, 3, "replace(text, what, by)");
                return new FunctionCall(FunctionKind.Replace, [Text(call, 0), Text(call, 1), Text(call, 2)], ExpressionType.String);
            case "round":
                Expect(call, 1, 2, "round(number) or round(number, digits)");
                return Round(call);
            case "floor" or "ceil" or "abs":
                Expect(call, 1, 1, $"{name}(number)");
                return Whole(call, name);
            case "year" or "month" or "day":
                Expect(call, 1, 1, $"{name}(date)");
                return new FunctionCall(name switch { "year" => FunctionKind.Year, "month" => FunctionKind.Month, _ => FunctionKind.Day }, [Day(call, 0)], ExpressionType.Integer);
            case "addDays" or "addMonths":
                Expect(call, 2, 2, $"{name}(date, 1)");
                var day = Day(call, 0);
                return new FunctionCall(name == "addDays" ? FunctionKind.AddDays : FunctionKind.AddMonths, [day, Integer(call, 1)], day.Type);
            case "dateDiff":
                Expect(call, 2, 2, "dateDiff(later, earlier)");
                return new FunctionCall(FunctionKind.DateDiff, [DayOnly(call, 0), DayOnly(call, 1)], ExpressionType.Integer);
            default:
                var nearest = NearestName.Find(call.Function, FunctionNames);
                throw new ExpressionException(call.Position, $"There is no function \"{call.Function}\".",
                    nearest is not null ? $"Write {nearest}" : $"Known are: {string.Join(", ", FunctionNames)}");
        }
    }

    private static void Expect(CallSyntax call, int least, int most, string form)
    {
        if (call.Arguments.Count < least || call.Arguments.Count > most)
            throw new ExpressionException(call.Position, $"{call.Function} does not take {call.Arguments.Count} arguments.", $"Write {form}");
    }

    private Aggregate Aggregate(CallSyntax call, string name)
    {
        var form = name == "count" ? "count(relationship)" : $"{name}(relationship, value)";
        if (call.Arguments.Count == 0 || call.Arguments[0] is not NameSyntax relationship)
            throw new ExpressionException(call.Position, $"{name} needs a relationship first.", $"Write {form}");
        if (scope.Children(relationship.Name) is not { } children)
        {
            var nearest = NearestName.Find(relationship.Name, scope.ChildRelationships);
            var known = string.Join(", ", scope.ChildRelationships.Take(5));
            throw new ExpressionException(relationship.Position, $"{scope.Name} has no relationship \"{relationship.Name}\" to children.",
                nearest is not null ? $"Write {nearest}" : known.Length > 0 ? $"Known are: {known}" : null);
        }

        if (name == "count")
        {
            Expect(call, 1, 1, form);
            return new(AggregateKind.Count, children.Relationship, null, ExpressionType.Integer);
        }

        Expect(call, 2, 2, form);
        var argument = new ExpressionChecker(children.Child).Value(call.Arguments[1]);
        if (name is "sum" or "avg")
            RequireNumber(argument, call.Arguments[1].Position, name);
        else
            RequireOrder(argument, call.Arguments[1].Position, name);
        return name switch
        {
            "sum" => new(AggregateKind.Sum, children.Relationship, argument, argument.Type.Kind == FieldType.Integer ? ExpressionType.Decimal(0) : argument.Type),
            "avg" => new(AggregateKind.Average, children.Relationship, argument, argument.Type.Kind == FieldType.Double ? argument.Type : ExpressionType.Decimal(Math.Max(ExpressionType.QuotientScale, argument.Type.Scale))),
            "min" => new(AggregateKind.Min, children.Relationship, argument, argument.Type),
            _ => new(AggregateKind.Max, children.Relationship, argument, argument.Type),
        };
    }

    private FunctionCall Alike(CallSyntax call, FunctionKind kind, bool ordered)
    {
        var arguments = call.Arguments.Select(Check).ToList();
        var type = Promotion.Common(arguments, call.Position, "arguments of one function");
        for (var i = 0; i < arguments.Count; i++)
        {
            arguments[i] = Promotion.Convert(arguments[i], type, call.Arguments[i].Position);
            if (ordered)
                RequireOrder(arguments[i], call.Arguments[i].Position, call.Function);
        }

        return new(kind, arguments, type);
    }

    private static void RequireOrder(Expression argument, int position, string function)
    {
        if (argument.Type.IsArray || argument.Type.Kind is FieldType.Json or FieldType.Boolean or FieldType.Uuid)
            throw new ExpressionException(position, $"{function} does not go with {Describe(argument)}, which has no order.");
    }

    private Expression Joined(Syntax syntax)
    {
        var value = Value(syntax);
        if (value.Type.IsArray || value.Type.Kind == FieldType.Json)
            throw new ExpressionException(syntax.Position, $"concat does not take {Describe(value)}.");
        if (value.Type.Kind == FieldType.Boolean)
        {
            return new Choice([value, new Inversion(value)], [new Constant(ExpressionType.String, "t"), new Constant(ExpressionType.String, "f")],
                new Constant(ExpressionType.String, null));
        }

        return value.Type == ExpressionType.String ? value : new Conversion(value, ExpressionType.String);
    }

    private Expression Text(CallSyntax call, int index)
    {
        var argument = Value(call.Arguments[index]);
        return argument.Type == ExpressionType.String ? argument
            : throw new ExpressionException(call.Arguments[index].Position, $"{call.Function} needs a text, but this is {Describe(argument)}.", "Write concat(x) to make it a text");
    }

    private Expression Integer(CallSyntax call, int index)
    {
        var argument = Check(call.Arguments[index]);
        if (argument is Constant { IsUntyped: true })
            argument = Promotion.Convert(argument, ExpressionType.Integer, call.Arguments[index].Position);
        return argument.Type == ExpressionType.Integer ? argument
            : throw new ExpressionException(call.Arguments[index].Position, $"{call.Function} needs an integer here, but this is {Describe(argument)}.");
    }

    private Expression Day(CallSyntax call, int index)
    {
        var syntax = call.Arguments[index];
        var argument = Check(syntax);
        if (argument is Constant { IsUntyped: true } untyped)
            return Promotion.Convert(argument, untyped.Value is string { Length: > 10 } ? ExpressionType.Timestamp : ExpressionType.Date, syntax.Position);
        return argument.Type.IsDay ? argument
            : throw new ExpressionException(syntax.Position, $"{call.Function} needs a date or timestamp, but this is {Describe(argument)}.");
    }

    private Expression DayOnly(CallSyntax call, int index)
    {
        var day = Day(call, index);
        return day.Type == ExpressionType.Date ? day : new Conversion(day, ExpressionType.Date);
    }

    private FunctionCall Substring(CallSyntax call)
    {
        List<Expression> arguments = [Text(call, 0), Integer(call, 1)];
        if (call.Arguments.Count == 3)
        {
            arguments.Add(Integer(call, 2));
            if (arguments[2] is Constant { Value: long and < 0 })
                throw new ExpressionException(call.Arguments[2].Position, "A length cannot be negative.");
        }

        return new(FunctionKind.Substring, arguments, ExpressionType.String);
    }

    private Expression Round(CallSyntax call)
    {
        var operand = Check(call.Arguments[0]);
        RequireNumber(operand, call.Arguments[0].Position, "round");
        if (call.Arguments.Count == 1)
        {
            return operand.Type.Kind == FieldType.Integer ? operand
                : new FunctionCall(FunctionKind.Round, [operand], operand.Type.Kind == FieldType.Double ? operand.Type : ExpressionType.Decimal(0));
        }

        if (operand.Type.Kind == FieldType.Double)
            throw new ExpressionException(call.Arguments[1].Position, "A double cannot be rounded to digits, as in PostgreSQL.", "Make the field a decimal");
        if (Check(call.Arguments[1]) is not Constant { Value: long and >= 0 and <= ExpressionType.MaxDigits and var digits, Type.Kind: FieldType.Integer })
            throw new ExpressionException(call.Arguments[1].Position, $"The digits to round to are a number from 0 to {ExpressionType.MaxDigits}.");
        if (operand.Type.Kind == FieldType.Integer)
            operand = Promotion.Convert(operand, ExpressionType.Decimal(0), call.Position);
        // More digits than there are change nothing.
        return digits >= operand.Type.Scale ? operand : new FunctionCall(FunctionKind.Round, [operand], ExpressionType.Decimal((int)digits));
    }

    private Expression Whole(CallSyntax call, string name)
    {
        var operand = Check(call.Arguments[0]);
        RequireNumber(operand, call.Arguments[0].Position, name);
        if (name == "abs")
            return new FunctionCall(FunctionKind.Abs, [operand], operand.Type);
        if (operand.Type.Kind == FieldType.Integer)
            return operand;
        return new FunctionCall(name == "floor" ? FunctionKind.Floor : FunctionKind.Ceil, [operand],
            operand.Type.Kind == FieldType.Double ? operand.Type : ExpressionType.Decimal(0));
    }
}
