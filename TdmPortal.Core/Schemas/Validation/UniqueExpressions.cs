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
        if (result.Expression is null || Keeps(context, entity, result.Expression))
            return;
        var key = context.Document.Entities[entity].PrimaryKey is [var only] && only != field.Name ? only : null;
        context.Problems.Error(ValidationContext.PathOf(entity, index) + ".args.value", "schema.unique_unprovable",
            $"{context.NameOf(entity, index)} is unique, but nothing in its expression makes every value a different one.",
            key is null ? "Put a unique field into it, as in concat(name, '-', id)" : $"Put {key} into it, as in concat(…, '-', {key})", "Remove unique");
    }

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
        foreach (var i in varying.Where(i => Keeps(context, entity, parts[i])))
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
