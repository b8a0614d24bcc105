using TdmPortal.Core.Expressions;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>A check of the document as far as masking can keep it: bounds of single columns, joined by "and"; what else it asks for is named by its columns only.</summary>
/// <param name="Bounds">By field.</param>
/// <param name="Other">Fields of parts that are no bounds of one column; null: the check could not be read, or reads other tables.</param>
internal sealed record ColumnChecks(ConstraintDefinition Constraint, IReadOnlyDictionary<string, ValueBounds> Bounds, IReadOnlySet<string>? Other)
{
    /// <summary>All checks of a document.</summary>
    public static List<ColumnChecks> Of(SchemaDocument document, SchemaIndex index) => [.. document.Constraints.Select(constraint => Read(constraint, index))];

    private static ColumnChecks Read(ConstraintDefinition constraint, SchemaIndex index)
    {
        var bounds = new Dictionary<string, ValueBounds>(StringComparer.Ordinal);
        if (index.Entity(constraint.Entity) is not { } entity || CheckedExpression.Condition(constraint.Check, new EntityScope(index, entity)).Expression is not { } condition || ExpressionDependencies.Of(condition).NamesRelationships)
            return new(constraint, bounds, null);
        var other = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in Parts(condition))
        {
            if (Bound(part) is not var (field, bound))
                other.UnionWith(ExpressionDependencies.Of(part).Fields);
            else
                bounds[field] = bounds.TryGetValue(field, out var known) ? known.And(bound) : bound;
        }

        return new(constraint, bounds, other);
    }

    private static IEnumerable<Expression> Parts(Expression condition) => condition is Logical { IsAnd: true } all ? all.Operands.SelectMany(Parts) : [condition];

    private static (string Field, ValueBounds Bounds)? Bound(Expression part)
    {
        switch (part)
        {
            // Nulls pass: a masker makes them only where the column may be null.
            case NullTest { Negated: true, Operand: FieldValue { Type.IsArray: false } field }:
                return (field.Name, new());
            case Logical { IsAnd: false, Operands: [NullTest { Negated: false, Operand: FieldValue own }, var rest] } when Bound(rest) is { } found && found.Field == own.Name:
                return found;
            case Logical { IsAnd: false, Operands: [var rest, NullTest { Negated: false, Operand: FieldValue own }] } when Bound(rest) is { } found && found.Field == own.Name:
                return found;
            case Logical { IsAnd: true } both:
                var bounds = both.Operands.Select(Bound).ToList();
                return bounds.TrueForAll(one => one is not null && one.Value.Field == bounds[0]!.Value.Field)
                    ? (bounds[0]!.Value.Field, bounds.Aggregate(new ValueBounds(), (all, one) => all.And(one!.Value.Bounds))) : null;
            case Membership membership:
                return List(membership);
            case Comparison comparison:
                return Compared(comparison.Kind, comparison.Left, comparison.Right) ?? Compared(Turned(comparison.Kind), comparison.Right, comparison.Left);
            default:
                return null;
        }
    }

    private static (string, ValueBounds)? List(Membership membership)
    {
        if (Field(membership.Operand) is not { } field)
            return null;
        if (membership.Items.All(item => item is Constant { Value: string }) && field.Type.Kind == FieldType.String)
            return (field.Name, new() { Texts = [.. membership.Items.Select(item => (string)((Constant)item).Value!)] });
        var numbers = membership.Items.Select(item => Number(item, membership.Operand.Type, field.Type)).ToList();
        return numbers.TrueForAll(one => one is { IsWhole: true }) ? (field.Name, new() { Numbers = [.. numbers.Select(one => one!.Value.Floor)] }) : null;
    }

    private static (string, ValueBounds)? Compared(ComparisonKind kind, Expression left, Expression right)
    {
        if (left is FunctionCall { Kind: FunctionKind.Length, Arguments: [FieldValue text] } && right is Constant { Value: long length })
        {
            return kind switch
            {
                ComparisonKind.Equal => (text.Name, new() { Shortest = Size(length), Longest = Size(length) }),
                ComparisonKind.Less => (text.Name, new() { Longest = Size(length - 1) }),
                ComparisonKind.LessOrEqual => (text.Name, new() { Longest = Size(length) }),
                ComparisonKind.Greater => (text.Name, new() { Shortest = Size(length + 1) }),
                ComparisonKind.GreaterOrEqual => (text.Name, new() { Shortest = Size(length) }),
                _ => null,
            };
        }

        if (Field(left) is not { } field)
            return null;
        if (field.Type.Kind == FieldType.String)
        {
            // A text that is no empty one.
            return (kind, right) switch
            {
                (ComparisonKind.Equal, Constant { Value: string only }) => (field.Name, new() { Texts = [only] }),
                (ComparisonKind.NotEqual, Constant { Value: "" }) => (field.Name, new() { Shortest = 1 }),
                _ => null,
            };
        }

        if (Number(right, left.Type, field.Type) is not { } bound)
            return null;
        return kind switch
        {
            ComparisonKind.Equal when bound.IsWhole => (field.Name, new() { Numbers = [bound.Floor] }),
            ComparisonKind.Less => (field.Name, new() { Most = bound.IsWhole ? bound.Floor - 1 : bound.Floor }),
            ComparisonKind.LessOrEqual => (field.Name, new() { Most = bound.Floor }),
            ComparisonKind.Greater => (field.Name, new() { Least = bound.Floor + 1 }),
            ComparisonKind.GreaterOrEqual => (field.Name, new() { Least = bound.IsWhole ? bound.Floor : bound.Floor + 1 }),
            _ => null,
        };
    }

    private static int Size(long length) => (int)Math.Clamp(length, 0, int.MaxValue);

    /// <summary>The field, also where it is widened to another scale or from integers to decimals.</summary>
    private static FieldValue? Field(Expression expression) => expression switch
    {
        FieldValue { Type.IsArray: false } field => field,
        Conversion { Type.Kind: FieldType.Decimal, Operand: FieldValue { Type: { IsArray: false, Kind: FieldType.Integer or FieldType.Decimal } } field } => field,
        _ => null,
    };

    /// <summary>A constant in the field's own unscaled numbers, rounded down.</summary>
    private static (long Floor, bool IsWhole)? Number(Expression expression, ExpressionType compared, ExpressionType field)
    {
        if (expression is not Constant { Value: { } value } || field.Kind is not (FieldType.Integer or FieldType.Decimal or FieldType.Date or FieldType.Timestamp or FieldType.Time))
            return null;
        Int128? number = value switch { long whole => whole, Int128 exact => exact, _ => null };
        if (number is not { } wide)
            return null;
        Int128 unit = 1;
        for (var scale = field.Scale; scale < compared.Scale; scale++)
            unit *= 10;
        var floor = wide / unit - (wide < 0 && wide % unit != 0 ? 1 : 0);
        return floor > long.MinValue && floor < long.MaxValue ? ((long)floor, wide % unit == 0) : null;
    }

    private static ComparisonKind Turned(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Less => ComparisonKind.Greater,
        ComparisonKind.LessOrEqual => ComparisonKind.GreaterOrEqual,
        ComparisonKind.Greater => ComparisonKind.Less,
        ComparisonKind.GreaterOrEqual => ComparisonKind.LessOrEqual,
        _ => kind,
    };
}
