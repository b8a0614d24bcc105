namespace TdmPortal.Core.Import.Checks;

/// <summary>One form of what can be written in several, so that each meaning is looked for once.</summary>
internal static class ServerForms
{
    /// <summary>NOT moves inwards as far as it goes; with nulls the meaning stays.</summary>
    public static ServerExpression Not(ServerExpression operand) => operand switch
    {
        ServerNot not => not.Operand,
        ServerLogical logical => new ServerLogical(!logical.IsAnd, [.. logical.Operands.Select(Not)]),
        ServerNullTest test => test with { Negated = !test.Negated },
        ServerTruthTest test => test with { Negated = !test.Negated },
        ServerBinary { Operator: "=" } binary => binary with { Operator = "<>" },
        ServerBinary { Operator: "<>" } binary => binary with { Operator = "=" },
        ServerBinary { Operator: "<" } binary => binary with { Operator = ">=" },
        ServerBinary { Operator: "<=" } binary => binary with { Operator = ">" },
        ServerBinary { Operator: ">" } binary => binary with { Operator = "<=" },
        ServerBinary { Operator: ">=" } binary => binary with { Operator = "<" },
        _ => new ServerNot(operand),
    };

    public static ServerExpression Binary(string symbol, ServerExpression left, ServerExpression right) =>
        symbol is "!~" or "!~*" ? new ServerNot(new ServerBinary(symbol[1..], left, right)) : new ServerBinary(symbol, left, right);

    public static ServerExpression Call(string name, List<ServerExpression> arguments) =>
        name == "mod" && arguments is [var left, var right] ? new ServerBinary("%", left, right) : new ServerCall(name, arguments);
}
