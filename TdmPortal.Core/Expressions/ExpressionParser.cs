namespace TdmPortal.Core.Expressions;

/// <summary>
/// Reads the expression language by recursive descent, with PostgreSQL's precedence: or, and, not, is, comparison,
/// between and in, + −, * / %, sign.
/// </summary>
internal sealed class ExpressionParser
{
    private static readonly string[] Reserved = ["and", "or", "not", "between", "in", "is", "null", "case", "when", "then", "else", "end", "true", "false"];

    private readonly List<Token> tokens;
    private int at;
    private int depth;

    private ExpressionParser(string text) => tokens = Lexer.Read(text);

    /// <exception cref="ExpressionException">The text is no expression.</exception>
    public static Syntax Parse(string text)
    {
        var parser = new ExpressionParser(text);
        if (parser.Current.Kind == TokenKind.End)
            throw new ExpressionException(0, "The expression is empty.");
        var syntax = parser.Or();
        if (parser.Current.Kind != TokenKind.End)
            throw parser.Unexpected("the end of the expression or an operator");
        return syntax;
    }

    private Token Current => tokens[at];

    private Token Take() => tokens[at++];

    private Syntax Or() => Chain("or", isAnd: false, And);

    private Syntax And() => Chain("and", isAnd: true, Not);

    private Syntax Chain(string keyword, bool isAnd, Func<Syntax> operand)
    {
        if (++depth > Syntax.MaxDepth)
            throw new ExpressionException(Current.Position, $"The expression is nested deeper than {Syntax.MaxDepth} levels.", "Split it over several fields");
        var first = operand();
        if (!Current.IsKeyword(keyword))
        {
            depth--;
            return first;
        }

        var position = Current.Position;
        var operands = new List<Syntax> { first };
        while (Current.IsKeyword(keyword))
        {
            Take();
            operands.Add(operand());
        }

        depth--;
        return new LogicalSyntax(position, isAnd, operands);
    }

    private Syntax Not()
    {
        var nots = new List<Token>();
        while (Current.IsKeyword("not"))
            nots.Add(Take());
        var syntax = Is();
        for (var i = nots.Count - 1; i >= 0; i--)
            syntax = new NotSyntax(nots[i].Position, syntax);
        return syntax;
    }

    private Syntax Is()
    {
        var syntax = Comparison();
        while (Current.IsKeyword("is"))
        {
            var position = Take().Position;
            var negated = Current.IsKeyword("not");
            if (negated)
                Take();
            if (!Current.IsKeyword("null"))
                throw Unexpected(negated ? "null after is not" : "null or not null after is");
            Take();
            syntax = new IsNullSyntax(position, syntax, negated);
        }

        return syntax;
    }

    private Syntax Comparison()
    {
        var left = Range();
        if (!IsComparison(Current))
            return left;
        var symbol = Take();
        var right = Range();
        if (IsComparison(Current))
            throw new ExpressionException(Current.Position, "Comparisons cannot be chained.", "Write a < b and b < c");
        return new BinarySyntax(symbol.Position, symbol.Text == "<>" ? "!=" : symbol.Text, left, right);
    }

    private static bool IsComparison(Token token) => token.Kind == TokenKind.Symbol && token.Text is "=" or "!=" or "<>" or "<" or "<=" or ">" or ">=";

    private Syntax Range()
    {
        var operand = Sum();
        while (true)
        {
            var negated = Current.IsKeyword("not") && (tokens[at + 1].IsKeyword("between") || tokens[at + 1].IsKeyword("in"));
            if (negated)
                Take();
            if (Current.IsKeyword("between"))
            {
                var position = Take().Position;
                var low = Sum();
                if (!Current.IsKeyword("and"))
                    throw Unexpected("and with the upper bound of between");
                Take();
                operand = new BetweenSyntax(position, operand, low, Sum(), negated);
            }
            else if (Current.IsKeyword("in"))
            {
                var position = Take().Position;
                operand = new InSyntax(position, operand, Arguments("in", allowEmpty: false), negated);
            }
            else
            {
                return operand;
            }
        }
    }

    private Syntax Sum()
    {
        var left = Product();
        while (Current.IsSymbol("+") || Current.IsSymbol("-"))
        {
            var symbol = Take();
            left = new BinarySyntax(symbol.Position, symbol.Text, left, Product());
        }

        return left;
    }

    private Syntax Product()
    {
        var left = Sign();
        while (Current.IsSymbol("*") || Current.IsSymbol("/") || Current.IsSymbol("%"))
        {
            var symbol = Take();
            left = new BinarySyntax(symbol.Position, symbol.Text, left, Sign());
        }

        return left;
    }

    private Syntax Sign()
    {
        var minuses = new List<Token>();
        while (Current.IsSymbol("-") || Current.IsSymbol("+"))
        {
            var sign = Take();
            if (sign.Text == "-")
                minuses.Add(sign);
        }

        var syntax = Primary();
        for (var i = minuses.Count - 1; i >= 0; i--)
            syntax = syntax is NumberSyntax number && number.Digits[0] != '-' ? new NumberSyntax(minuses[i].Position, "-" + number.Digits) : new NegateSyntax(minuses[i].Position, syntax);
        return syntax;
    }

    private Syntax Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberSyntax(Take().Position, token.Text);
            case TokenKind.Text:
                return new TextSyntax(Take().Position, token.Text);
            case TokenKind.QuotedName:
                return new NameSyntax(Take().Position, token.Text);
            case TokenKind.Symbol when token.Text == "(":
                Take();
                var inner = Or();
                Expect(")", "a closing bracket )");
                return inner;
            case TokenKind.Name when token.IsKeyword("case"):
                return Case();
            case TokenKind.Name when token.IsKeyword("true") || token.IsKeyword("false"):
                return new BooleanSyntax(Take().Position, token.IsKeyword("true"));
            case TokenKind.Name when token.IsKeyword("null"):
                return new NullSyntax(Take().Position);
            case TokenKind.Name when !Reserved.Contains(token.Text, StringComparer.OrdinalIgnoreCase):
                return NameOrCall();
            default:
                throw Unexpected("a field, a value or a function");
        }
    }

    private Syntax NameOrCall()
    {
        var name = Take();
        if (!Current.IsSymbol("("))
            return new NameSyntax(name.Position, name.Text);
        if (name.IsKeyword("parent"))
            return Parent(name);
        var arguments = Arguments(name.Text, allowEmpty: true);
        if (!name.IsKeyword("if"))
            return new CallSyntax(name.Position, name.Text, arguments);
        if (arguments.Count != 3)
            throw new ExpressionException(name.Position, $"if takes three arguments, not {arguments.Count}.", "Write if(condition, value, otherwise)");
        return new CaseSyntax(name.Position, [arguments[0]], [arguments[1]], arguments[2]);
    }

    private ParentSyntax Parent(Token name)
    {
        Take();
        var relationship = Identifier("the name of a relationship");
        Expect(")", "a closing bracket ) after the relationship");
        Expect(".", "a dot and a field, as in parent(relationship).field");
        var field = Identifier("the name of a field of the parent");
        return new(name.Position, relationship.Text, relationship.Position, field.Text, field.Position);
    }

    private Token Identifier(string wanted) =>
        Current.Kind is TokenKind.Name or TokenKind.QuotedName ? Take() : throw Unexpected(wanted);

    private CaseSyntax Case()
    {
        var position = Take().Position;
        var conditions = new List<Syntax>();
        var values = new List<Syntax>();
        if (!Current.IsKeyword("when"))
            throw Unexpected("when after case");
        while (Current.IsKeyword("when"))
        {
            Take();
            conditions.Add(Or());
            if (!Current.IsKeyword("then"))
                throw Unexpected("then with the value of this case");
            Take();
            values.Add(Or());
        }

        Syntax otherwise = new NullSyntax(Current.Position);
        if (Current.IsKeyword("else"))
        {
            Take();
            otherwise = Or();
        }

        if (!Current.IsKeyword("end"))
            throw Unexpected("when, else or end of the case");
        Take();
        return new(position, conditions, values, otherwise);
    }

    private List<Syntax> Arguments(string owner, bool allowEmpty)
    {
        Expect("(", $"an opening bracket ( after {owner}");
        var arguments = new List<Syntax>();
        if (allowEmpty && Current.IsSymbol(")"))
        {
            Take();
            return arguments;
        }

        while (true)
        {
            arguments.Add(Or());
            if (Current.IsSymbol(")"))
            {
                Take();
                return arguments;
            }

            Expect(",", "a comma or a closing bracket )");
        }
    }

    private void Expect(string symbol, string wanted)
    {
        if (!Current.IsSymbol(symbol))
            throw Unexpected(wanted);
        Take();
    }

    private ExpressionException Unexpected(string wanted)
    {
        var token = Current;
        var found = token.Kind switch
        {
            TokenKind.End => "the expression ends",
            TokenKind.Text => $"the text '{token.Text}' stands",
            _ => $"\"{token.Text}\" stands",
        };
        var reserved = token.Kind == TokenKind.Name && Reserved.Contains(token.Text, StringComparer.OrdinalIgnoreCase);
        return new(token.Position, $"Here {found} where {wanted} is expected.", reserved ? $"If {token.Text} is a field, write \"{token.Text}\" in double quotes" : null);
    }
}
