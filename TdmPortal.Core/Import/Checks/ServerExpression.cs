namespace TdmPortal.Core.Import.Checks;

/// <summary>An expression of PostgreSQL as it was parsed, untyped: casts and brackets as they stand.</summary>
internal abstract record ServerExpression;

/// <param name="Text">Null for NULL; <c>true</c>, <c>false</c>, digits or what stood between quotes.</param>
internal sealed record ServerLiteral(string? Text, ServerLiteralKind Kind) : ServerExpression;

internal enum ServerLiteralKind
{
    Null,
    Boolean,
    Number,
    Text,
}

internal sealed record ServerColumn(string Name) : ServerExpression;

internal sealed record ServerCall(string Name, IReadOnlyList<ServerExpression> Arguments) : ServerExpression;

/// <param name="Operator">As written; <c>!=</c> is <c>&lt;&gt;</c>, LIKE is <c>~~</c>.</param>
internal sealed record ServerBinary(string Operator, ServerExpression Left, ServerExpression Right) : ServerExpression;

internal sealed record ServerUnary(string Operator, ServerExpression Operand) : ServerExpression;

/// <param name="Type">As written, in lower case, without quotes.</param>
internal sealed record ServerCast(ServerExpression Operand, string Type) : ServerExpression;

internal sealed record ServerLogical(bool IsAnd, IReadOnlyList<ServerExpression> Operands) : ServerExpression;

internal sealed record ServerNot(ServerExpression Operand) : ServerExpression;

internal sealed record ServerNullTest(ServerExpression Operand, bool Negated) : ServerExpression;

/// <summary>IS [NOT] TRUE or FALSE.</summary>
internal sealed record ServerTruthTest(ServerExpression Operand, bool Value, bool Negated) : ServerExpression;

internal sealed record ServerDistinct(ServerExpression Left, ServerExpression Right, bool Negated) : ServerExpression;

/// <summary><c>left op ANY (array)</c> or ALL.</summary>
internal sealed record ServerAny(ServerExpression Left, string Operator, ServerExpression Array, bool IsAll) : ServerExpression;

internal sealed record ServerArray(IReadOnlyList<ServerExpression> Items) : ServerExpression;

internal sealed record ServerRow(IReadOnlyList<ServerExpression> Items) : ServerExpression;

internal sealed record ServerCase(IReadOnlyList<(ServerExpression When, ServerExpression Then)> Branches, ServerExpression? Otherwise) : ServerExpression;

internal sealed record ServerElement(ServerExpression Operand, ServerExpression Index) : ServerExpression;
