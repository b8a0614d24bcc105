using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Expressions;

/// <summary>
/// A type-checked expression, immutable. Every promotion is a <see cref="Conversion"/> of its own, so that an
/// evaluator meets only operands of equal types: it can work batch by batch, one typed loop a node. Null is a value of
/// every type; what an operation makes of it stands at the node.
/// </summary>
internal abstract class Expression(ExpressionType type)
{
    public ExpressionType Type { get; } = type;
}

/// <summary>
/// A literal as columns hold it: integer <see cref="long"/>; decimal <see cref="Int128"/> unscaled (scale in the type);
/// double; bool; string; date <see cref="long"/> days and timestamp <see cref="long"/> microseconds since 1970-01-01
/// UTC; time <see cref="long"/> microseconds since midnight; uuid <see cref="Guid"/>; null.
/// </summary>
internal sealed class Constant(ExpressionType type, object? value, bool isUntyped = false) : Expression(type)
{
    public object? Value { get; } = value;

    /// <summary>Written as text in quotes or as null: takes the type of what it meets. None is left in a checked tree but true texts.</summary>
    public bool IsUntyped { get; } = isUntyped;
}

/// <summary>The row's own field.</summary>
/// <param name="index">Position among the entity's fields.</param>
internal sealed class FieldValue(string name, int index, ExpressionType type) : Expression(type)
{
    public string Name { get; } = name;
    public int Index { get; } = index;
}

/// <summary><c>parent(relationship).field</c>: null where the row has no parent.</summary>
/// <param name="index">Position among the parent entity's fields.</param>
internal sealed class ParentValue(RelationshipDefinition relationship, string name, int index, ExpressionType type) : Expression(type)
{
    public RelationshipDefinition Relationship { get; } = relationship;
    public string Name { get; } = name;
    public int Index { get; } = index;
}

/// <summary>An aggregate over the row's children; nulls are skipped, no value at all gives null (count: 0).</summary>
/// <param name="argument">In the scope of the child; null for count.</param>
internal sealed class Aggregate(AggregateKind kind, RelationshipDefinition relationship, Expression? argument, ExpressionType type) : Expression(type)
{
    public AggregateKind Kind { get; } = kind;
    public RelationshipDefinition Relationship { get; } = relationship;
    public Expression? Argument { get; } = argument;
}

internal enum AggregateKind
{
    Count,
    /// <summary>Of integers: a decimal of scale 0, as PostgreSQL's.</summary>
    Sum,
    Min,
    Max,
    /// <summary>Of integers and decimals: a decimal of <see cref="ExpressionType.QuotientScale"/> digits at least.</summary>
    Average,
}

/// <summary>A change of type. Null stays null.</summary>
/// <remarks>
/// Widening: integer to decimal or double, decimal to a larger scale or to double, date to timestamp (midnight UTC).
/// On assignment to a field: decimal to a smaller scale or to integer rounds half away from zero; double to integer
/// rounds half to even, double to decimal takes 15 significant digits and rounds half away; timestamp to date cuts in
/// UTC; anything to string gives PostgreSQL's text (boolean <c>true</c>/<c>false</c>, timestamp
/// <c>2026-01-31 10:00:00+00</c>).
/// </remarks>
internal sealed class Conversion(Expression operand, ExpressionType type) : Expression(type)
{
    public Expression Operand { get; } = operand;
}

/// <summary>
/// Arithmetic on two operands of one kind; null where one is null; division by zero and overflow are errors of the row.
/// Integer: truncating division, the remainder has the sign of the dividend. Decimal: + − % have operands of equal
/// scale, * adds the scales, / rounds half away from zero to the result's scale.
/// </summary>
internal sealed class Arithmetic(ArithmeticKind kind, Expression left, Expression right, ExpressionType type) : Expression(type)
{
    public ArithmeticKind Kind { get; } = kind;
    public Expression Left { get; } = left;
    public Expression Right { get; } = right;
}

internal enum ArithmeticKind
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// <summary>The negative of a number; null stays null.</summary>
internal sealed class Negation(Expression operand) : Expression(operand.Type)
{
    public Expression Operand { get; } = operand;
}

/// <summary>Compares two operands of equal type (texts by code points); null where one is null.</summary>
internal sealed class Comparison(ComparisonKind kind, Expression left, Expression right) : Expression(ExpressionType.Boolean)
{
    public ComparisonKind Kind { get; } = kind;
    public Expression Left { get; } = left;
    public Expression Right { get; } = right;
}

internal enum ComparisonKind
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>and / or in three-valued logic: false decides and, true decides or, else null if any is null.</summary>
internal sealed class Logical(bool isAnd, IReadOnlyList<Expression> operands) : Expression(ExpressionType.Boolean)
{
    public bool IsAnd { get; } = isAnd;
    public IReadOnlyList<Expression> Operands { get; } = operands;
}

/// <summary>not: null stays null.</summary>
internal sealed class Inversion(Expression operand) : Expression(ExpressionType.Boolean)
{
    public Expression Operand { get; } = operand;
}

/// <summary>is null, is not null; never null itself.</summary>
internal sealed class NullTest(Expression operand, bool negated) : Expression(ExpressionType.Boolean)
{
    public Expression Operand { get; } = operand;
    public bool Negated { get; } = negated;
}

/// <summary>operand in (items), all of one type: true if equal to one, else null if any is null, else false.</summary>
internal sealed class Membership(Expression operand, IReadOnlyList<Expression> items) : Expression(ExpressionType.Boolean)
{
    public Expression Operand { get; } = operand;
    public IReadOnlyList<Expression> Items { get; } = items;
}

/// <summary>The value of the first condition that is true, else <see cref="Otherwise"/>; all values of one type.</summary>
internal sealed class Choice(IReadOnlyList<Expression> conditions, IReadOnlyList<Expression> values, Expression otherwise) : Expression(otherwise.Type)
{
    public IReadOnlyList<Expression> Conditions { get; } = conditions;
    public IReadOnlyList<Expression> Values { get; } = values;
    public Expression Otherwise { get; } = otherwise;
}

/// <summary>A function of the language, its arguments already of the types that <see cref="FunctionKind"/> names.</summary>
internal sealed class FunctionCall(FunctionKind kind, IReadOnlyList<Expression> arguments, ExpressionType type) : Expression(type)
{
    public FunctionKind Kind { get; } = kind;
    public IReadOnlyList<Expression> Arguments { get; } = arguments;
}
