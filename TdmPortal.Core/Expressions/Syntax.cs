namespace TdmPortal.Core.Expressions;

/// <summary>An expression as it was written, before names and types are looked up.</summary>
/// <param name="Position">0-based offset of its most telling character.</param>
internal abstract record Syntax(int Position)
{
    /// <summary>Deeper trees are refused, so that no walk over one can exhaust the stack.</summary>
    public const int MaxDepth = 200;

    private readonly int depth = 1;

    /// <summary>Levels below and including this one.</summary>
    public int Depth => depth;

    protected int Over(params ReadOnlySpan<Syntax> parts)
    {
        var deepest = 0;
        foreach (var part in parts)
            deepest = Math.Max(deepest, part.Depth);
        if (deepest >= MaxDepth)
            throw new ExpressionException(Position, $"The expression is nested deeper than {MaxDepth} levels.", "Split it over several fields");
        return deepest + 1;
    }

    protected int DepthOver { init => depth = value; }
}

internal sealed record NumberSyntax(int Position, string Digits) : Syntax(Position);

internal sealed record TextSyntax(int Position, string Text) : Syntax(Position);

internal sealed record BooleanSyntax(int Position, bool Value) : Syntax(Position);

internal sealed record NullSyntax(int Position) : Syntax(Position);

internal sealed record NameSyntax(int Position, string Name) : Syntax(Position);

/// <summary><c>parent(relationship).field</c>.</summary>
internal sealed record ParentSyntax(int Position, string Relationship, int RelationshipPosition, string Field, int FieldPosition) : Syntax(Position);

internal sealed record NegateSyntax : Syntax
{
    public NegateSyntax(int position, Syntax operand)
        : base(position) => (Operand, DepthOver) = (operand, Over(operand));

    public Syntax Operand { get; }
}

internal sealed record NotSyntax : Syntax
{
    public NotSyntax(int position, Syntax operand)
        : base(position) => (Operand, DepthOver) = (operand, Over(operand));

    public Syntax Operand { get; }
}

internal sealed record IsNullSyntax : Syntax
{
    public IsNullSyntax(int position, Syntax operand, bool negated)
        : base(position) => (Operand, Negated, DepthOver) = (operand, negated, Over(operand));

    public Syntax Operand { get; }
    public bool Negated { get; }
}

/// <summary>Arithmetic (<c>+ - * / %</c>) or comparison (<c>= != &lt; &lt;= &gt; &gt;=</c>).</summary>
internal sealed record BinarySyntax : Syntax
{
    public BinarySyntax(int position, string symbol, Syntax left, Syntax right)
        : base(position) => (Symbol, Left, Right, DepthOver) = (symbol, left, right, Over(left, right));

    public string Symbol { get; }
    public Syntax Left { get; }
    public Syntax Right { get; }
}

/// <summary>A chain of <c>and</c> or of <c>or</c>, flat however long it is.</summary>
internal sealed record LogicalSyntax : Syntax
{
    public LogicalSyntax(int position, bool isAnd, IReadOnlyList<Syntax> operands)
        : base(position) => (IsAnd, Operands, DepthOver) = (isAnd, operands, Over([.. operands]));

    public bool IsAnd { get; }
    public IReadOnlyList<Syntax> Operands { get; }
}

internal sealed record BetweenSyntax : Syntax
{
    public BetweenSyntax(int position, Syntax operand, Syntax low, Syntax high, bool negated)
        : base(position) => (Operand, Low, High, Negated, DepthOver) = (operand, low, high, negated, Over(operand, low, high));

    public Syntax Operand { get; }
    public Syntax Low { get; }
    public Syntax High { get; }
    public bool Negated { get; }
}

internal sealed record InSyntax : Syntax
{
    public InSyntax(int position, Syntax operand, IReadOnlyList<Syntax> items, bool negated)
        : base(position) => (Operand, Items, Negated, DepthOver) = (operand, items, negated, Over([operand, .. items]));

    public Syntax Operand { get; }
    public IReadOnlyList<Syntax> Items { get; }
    public bool Negated { get; }
}

/// <summary><c>case when … then … else … end</c> and <c>if(…)</c>.</summary>
internal sealed record CaseSyntax : Syntax
{
    public CaseSyntax(int position, IReadOnlyList<Syntax> conditions, IReadOnlyList<Syntax> values, Syntax otherwise)
        : base(position) => (Conditions, Values, Otherwise, DepthOver) = (conditions, values, otherwise, Over([.. conditions, .. values, otherwise]));

    public IReadOnlyList<Syntax> Conditions { get; }
    public IReadOnlyList<Syntax> Values { get; }
    public Syntax Otherwise { get; }
}

internal sealed record CallSyntax : Syntax
{
    public CallSyntax(int position, string function, IReadOnlyList<Syntax> arguments)
        : base(position) => (Function, Arguments, DepthOver) = (function, arguments, Over([.. arguments]));

    public string Function { get; }
    public IReadOnlyList<Syntax> Arguments { get; }
}
