namespace TdmPortal.Core.Import.Checks;

/// <summary>Which columns an expression reads.</summary>
internal static class ServerColumns
{
    public static IReadOnlyList<string> Of(ServerExpression expression)
    {
        var found = new List<string>();
        Visit(expression, found);
        return found;
    }

    private static void Visit(ServerExpression expression, List<string> found)
    {
        if (expression is ServerColumn column)
        {
            if (!found.Contains(column.Name, StringComparer.Ordinal))
                found.Add(column.Name);
            return;
        }

        foreach (var part in Parts(expression))
            Visit(part, found);
    }

    public static IEnumerable<ServerExpression> Parts(ServerExpression expression) => expression switch
    {
        ServerCall call => call.Arguments,
        ServerBinary binary => [binary.Left, binary.Right],
        ServerUnary unary => [unary.Operand],
        ServerCast cast => [cast.Operand],
        ServerLogical logical => logical.Operands,
        ServerNot not => [not.Operand],
        ServerNullTest test => [test.Operand],
        ServerTruthTest truth => [truth.Operand],
        ServerDistinct distinct => [distinct.Left, distinct.Right],
        ServerAny any => [any.Left, any.Array],
        ServerArray array => array.Items,
        ServerRow row => row.Items,
        ServerCase choice => [.. choice.Branches.SelectMany(branch => new[] { branch.When, branch.Then }), .. choice.Otherwise is null ? Array.Empty<ServerExpression>() : [choice.Otherwise]],
        ServerElement element => [element.Operand, element.Index],
        _ => [],
    };
}
