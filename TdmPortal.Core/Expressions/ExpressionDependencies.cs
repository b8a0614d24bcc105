using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Expressions;

/// <summary>What an expression reads.</summary>
internal sealed class ExpressionDependencies
{
    private ExpressionDependencies()
    {
    }

    /// <summary>Own fields by name.</summary>
    public HashSet<string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Fields of parents: the relationship and the parent's field.</summary>
    public HashSet<(RelationshipDefinition Relationship, string Field)> ParentFields { get; } = [];

    /// <summary>Aggregates, outermost first; what their arguments read in the child is found by <see cref="Of"/> of the argument.</summary>
    public List<Aggregate> Aggregates { get; } = [];

    /// <summary>Whether anything outside of the row is read.</summary>
    public bool NamesRelationships => ParentFields.Count > 0 || Aggregates.Count > 0;

    public static ExpressionDependencies Of(Expression expression)
    {
        var found = new ExpressionDependencies();
        found.Walk(expression);
        return found;
    }

    private void Walk(Expression expression)
    {
        switch (expression)
        {
            case FieldValue field:
                Fields.Add(field.Name);
                break;
            case ParentValue parent:
                ParentFields.Add((parent.Relationship, parent.Name));
                break;
            case Aggregate aggregate:
                Aggregates.Add(aggregate);
                break;
            default:
                foreach (var operand in Operands(expression))
                    Walk(operand);
                break;
        }
    }

    /// <summary>The direct operands of a node in its own row (the argument of an aggregate is evaluated in another).</summary>
    public static IEnumerable<Expression> Operands(Expression expression) => expression switch
    {
        Conversion conversion => [conversion.Operand],
        Arithmetic arithmetic => [arithmetic.Left, arithmetic.Right],
        Negation negation => [negation.Operand],
        Comparison comparison => [comparison.Left, comparison.Right],
        Logical logical => logical.Operands,
        Inversion inversion => [inversion.Operand],
        NullTest test => [test.Operand],
        Membership membership => [membership.Operand, .. membership.Items],
        Choice choice => [.. choice.Conditions, .. choice.Values, choice.Otherwise],
        FunctionCall call => call.Arguments,
        _ => [],
    };
}
