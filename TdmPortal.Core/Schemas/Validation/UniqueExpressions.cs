using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Schemas.Validation;

/// <summary>An expression gives distinct values only where a unique operand goes in undiminished.</summary>
internal static class UniqueExpressions
{
    public static void Check(ValidationContext context, int entity, int index)
    {
        var field = context.Document.Entities[entity].Fields[index];
        if (field.Args["value"] is not { ValueKind: System.Text.Json.JsonValueKind.String } text)
            return;
        var result = CheckedExpression.Value(text.GetString()!, new EntityScope(context.Index, entity));
        if (result.Expression is null)
            return;
        if (Keeps(context, entity, result.Expression))
        {
            CheckFits(context, entity, index, result.Expression);
            return;
        }

        var key = context.Document.Entities[entity].PrimaryKey is [var only] && only != field.Name ? only : null;
        context.Problems.Error(ValidationContext.PathOf(entity, index) + ".args.value", "schema.unique_unprovable",
            $"{context.NameOf(entity, index)} is unique, but nothing in its expression makes every value a different one.",
            key is null ? "Put a unique field into it, as in concat(name, '-', id)" : $"Put {key} into it, as in concat(…, '-', {key})", "Remove unique");
    }

    /// <summary>What keeps values apart must not be lost when they are put into the field: cut, or rounded.</summary>
    private static void CheckFits(ValidationContext context, int entity, int index, Expression expression)
    {
        var field = context.Document.Entities[entity].Fields[index];
        var (path, name) = ($"{ValidationContext.PathOf(entity, index)}.args.value", context.NameOf(entity, index));
        if (field.Type == FieldType.String && field.MaxLength is { } length && !(Longest(context, entity, expression) <= length))
        {
            context.Problems.Error(path, "schema.unique_unprovable",
                $"{name} is unique, and its values may be longer than its maxLength {length}: cut, two could become one.", "Raise or remove maxLength", "Remove unique");
        }
        else if ((field.Type, expression.Type.Kind) is (FieldType.Integer, not FieldType.Integer) or (FieldType.Double, not FieldType.Double)
            || (field.Type == FieldType.Decimal && expression.Type.Kind == FieldType.Decimal && expression.Type.Scale > (field.Scale ?? 2)))
        {
            context.Problems.Error(path, "schema.unique_unprovable",
                $"{name} is unique, and its values are rounded to the field's type: two could become one.", "Give the field the type and scale of its expression", "Remove unique");
        }
    }

    /// <summary>Most characters of a text put together; null when no bound is known.</summary>
    private static int? Longest(ValidationContext context, int entity, Expression expression) => expression switch
    {
        Constant { Value: string text } => text.Length,
        Conversion { Type.Kind: FieldType.String } conversion => Longest(context, entity, conversion.Operand),
        FunctionCall { Kind: FunctionKind.Concat } concat => concat.Arguments.Sum(part => (long?)Longest(context, entity, part) ?? int.MaxValue) is var sum && sum < int.MaxValue ? (int)sum : null,
        FieldValue { Type.Kind: FieldType.String } field => context.Document.Entities[entity].Fields[field.Index].MaxLength,
        _ => expression.Type.Kind switch
        {
            FieldType.Integer => 20,
            FieldType.Decimal => 40,
            FieldType.Uuid => 36,
            FieldType.Date => 10,
            _ => null,
        },
    };

    private static bool Keeps(ValidationContext context, int entity, Expression expression) => expression switch
    {
        FieldValue field => IsUnique(context, entity, field.Index),
        Negation negation => Keeps(context, entity, negation.Operand),
        Conversion { Type.Kind: FieldType.String or FieldType.Decimal or FieldType.Timestamp } conversion => Keeps(context, entity, conversion.Operand),
        Arithmetic { Kind: ArithmeticKind.Add or ArithmeticKind.Subtract } sum => (sum.Right is Constant && Keeps(context, entity, sum.Left)) || (sum.Left is Constant && Keeps(context, entity, sum.Right)),
        Arithmetic { Kind: ArithmeticKind.Multiply } product =>
            (product.Right is Constant && !Expressions.Literals.IsZero(product.Right) && Keeps(context, entity, product.Left))
            || (product.Left is Constant && !Expressions.Literals.IsZero(product.Left) && Keeps(context, entity, product.Right)),
        FunctionCall { Kind: FunctionKind.Concat } concat => ConcatKeeps(context, entity, concat.Arguments),
        _ => false,
    };

    /// <summary>
    /// A text put together tells its unique part where all else is constant, where that part has a fixed length and
    /// stands at an end, or where it is a number at an end, parted from the rest by a constant that is no digit.
    /// </summary>
    private static bool ConcatKeeps(ValidationContext context, int entity, IReadOnlyList<Expression> parts)
    {
        var varying = Enumerable.Range(0, parts.Count).Where(i => parts[i] is not Constant).ToList();
        foreach (var i in varying.Where(i => Keeps(context, entity, parts[i]) && !CanBeNull(context, entity, parts[i])))
        {
            if (varying.Count == 1)
                return true;
            var kind = (parts[i] is Conversion conversion ? conversion.Operand : parts[i]).Type.Kind;
            var (first, last) = (i == varying[0], i == varying[^1]);
            if (kind == FieldType.Uuid && (first || last))
                return true;
            if (kind == FieldType.Integer && ((first && Separates(parts, i + 1)) || (last && Separates(parts, i - 1))))
                return true;
        }

        return false;
    }

    /// <summary>A null in a text put together is left out, and two of them leave the same text.</summary>
    private static bool CanBeNull(ValidationContext context, int entity, Expression part)
    {
        var definition = context.Document.Entities[entity];
        return ExpressionDependencies.Of(part).Fields.Select(name => definition.Fields.First(field => field.Name == name)).Any(field =>
            !definition.PrimaryKey.Contains(field.Name) && (field.NullPercent > 0 || field.When is not null || field.Generator is null or "constant" or "choice" or "states" or "date.after"));
    }

    private static bool Separates(IReadOnlyList<Expression> parts, int at) =>
        at >= 0 && at < parts.Count && parts[at] is Constant { Value: string { Length: > 0 } text } && !text.Any(char.IsAsciiDigit);

    private static bool IsUnique(ValidationContext context, int entity, int index)
    {
        var definition = context.Document.Entities[entity];
        var field = definition.Fields[index];
        // Another expression is unique only if proved; that it refers back is the cycle rule's to say.
        return field.Generator != "expression" && (FieldRules.IsUniqueAlone(definition, field)
            || (field.Generator == "sequence" && field.Args["within"] is null && (field.NullPercent ?? 0) == 0)
            || field.Generator is "uuid" or "uuid.v7");
    }
}
