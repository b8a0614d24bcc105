using System.Text;

namespace TdmPortal.Core.Import.Checks;

/// <summary>
/// Reads PostgreSQL's expressions by recursive descent with its precedence: as the server writes them back
/// (<c>((status)::text = ANY (ARRAY['a'::text]))</c>) and as people write them in DDL (IN, BETWEEN, LIKE).
/// </summary>
internal sealed class ServerParser
{
    private const int MaxDepth = 200;

    private readonly List<ServerToken> tokens;
    private int at;
    private int depth;

    private ServerParser(List<ServerToken> tokens) => this.tokens = tokens;

    /// <summary>Null where the text is no expression that is known.</summary>
    public static ServerExpression? TryParse(string text)
    {
        try
        {
            var parser = new ServerParser(ServerLexer.Read(text));
            var expression = parser.Or();
            return parser.Current.Kind == ServerTokenKind.End ? expression : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private ServerToken Current => tokens[Math.Min(at, tokens.Count - 1)];

    private ServerToken Peek(int ahead) => tokens[Math.Min(at + ahead, tokens.Count - 1)];

    private bool Take(string word)
    {
        if (!Current.Is(word))
            return false;
        at++;
        return true;
    }

    private bool TakeMark(string mark)
    {
        if (!Current.IsMark(mark))
            return false;
        at++;
        return true;
    }

    private void Expect(string mark)
    {
        if (!TakeMark(mark))
            throw new FormatException();
    }

    private ServerExpression Or()
    {
        if (++depth > MaxDepth)
            throw new FormatException();
        var operands = new List<ServerExpression> { And() };
        while (Take("or"))
            operands.Add(And());
        depth--;
        return Flat(isAnd: false, operands);
    }

    private ServerExpression And()
    {
        var operands = new List<ServerExpression> { Not() };
        while (Take("and"))
            operands.Add(Not());
        return Flat(isAnd: true, operands);
    }

    private static ServerExpression Flat(bool isAnd, List<ServerExpression> operands) => operands.Count == 1 ? operands[0]
        : new ServerLogical(isAnd, [.. operands.SelectMany(one => one is ServerLogical inner && inner.IsAnd == isAnd ? inner.Operands : [one])]);

    private ServerExpression Not() => Take("not") ? ServerForms.Not(Not()) : Is();

    private ServerExpression Is()
    {
        var left = Comparison();
        while (true)
        {
            if (Take("isnull"))
                left = new ServerNullTest(left, Negated: false);
            else if (Take("notnull"))
                left = new ServerNullTest(left, Negated: true);
            else if (Take("is"))
                left = IsWhat(left);
            else
                return left;
        }
    }

    private ServerExpression IsWhat(ServerExpression left)
    {
        var negated = Take("not");
        if (Take("null"))
            return new ServerNullTest(left, negated);
        if (Take("true"))
            return new ServerTruthTest(left, Value: true, negated);
        if (Take("false"))
            return new ServerTruthTest(left, Value: false, negated);
        if (Take("distinct") && Take("from"))
            return new ServerDistinct(left, Comparison(), negated);
        throw new FormatException();
    }

    private ServerExpression Comparison()
    {
        var left = Range();
        if (Current.Kind != ServerTokenKind.Operator || Current.Text is not ("=" or "<>" or "<" or "<=" or ">" or ">="))
            return left;
        var symbol = tokens[at++].Text;
        return (ServerExpression?)Quantified(left, symbol) ?? new ServerBinary(symbol, left, Range());
    }

    private ServerAny? Quantified(ServerExpression left, string symbol)
    {
        if (!(Current.Is("any") || Current.Is("all") || Current.Is("some")) || !Peek(1).IsMark("("))
            return null;
        var isAll = tokens[at].Text == "all";
        at += 2;
        var array = Or();
        Expect(")");
        return new(left, symbol, array, isAll);
    }

    private ServerExpression Range()
    {
        var left = Other();
        while (true)
        {
            var negated = Current.Is("not") && (Peek(1).Is("between") || Peek(1).Is("in") || Peek(1).Is("like") || Peek(1).Is("ilike") || Peek(1).Is("similar"));
            if (negated)
                at++;
            ServerExpression found;
            if (Take("between"))
            {
                Take("symmetric");
                var low = Other();
                if (!Take("and"))
                    throw new FormatException();
                found = new ServerLogical(IsAnd: true, [new ServerBinary(">=", left, low), new ServerBinary("<=", left, Other())]);
            }
            else if (Take("in"))
            {
                Expect("(");
                found = new ServerAny(left, "=", new ServerArray(List(")")), IsAll: false);
            }
            else if (Current.Is("like") || Current.Is("ilike"))
            {
                found = new ServerBinary(tokens[at++].Text == "like" ? "~~" : "~~*", left, Other());
            }
            else if (Take("similar") && Take("to"))
            {
                found = new ServerCall("similar_to", [left, Other()]);
            }
            else
            {
                return left;
            }

            left = negated ? ServerForms.Not(found) : found;
        }
    }

    /// <summary>Every operator that is not arithmetic or a comparison.</summary>
    private ServerExpression Other()
    {
        var left = Sum();
        while (Qualified() is { } qualified)
            left = (ServerExpression?)Quantified(left, qualified) ?? new ServerBinary(qualified, left, Sum());
        while (Current.Kind == ServerTokenKind.Operator && Current.Text is not ("=" or "<>" or "<" or "<=" or ">" or ">=" or "+" or "-" or "*" or "/" or "%" or "^"))
        {
            var symbol = tokens[at++].Text;
            left = (ServerExpression?)Quantified(left, symbol) ?? ServerForms.Binary(symbol, left, Sum());
        }

        return left;
    }

    /// <summary><c>OPERATOR(public.~)</c>: how the server names an operator of an extension.</summary>
    private string? Qualified()
    {
        if (!Current.Is("operator") || !Peek(1).IsMark("("))
            return null;
        at += 2;
        while (Current.IsName || Current.IsMark("."))
            at++;
        var symbol = Current.Kind == ServerTokenKind.Operator ? tokens[at++].Text : throw new FormatException();
        Expect(")");
        return symbol;
    }

    private ServerExpression Sum()
    {
        var left = Product();
        while (Current.IsOperator("+") || Current.IsOperator("-"))
        {
            var symbol = tokens[at++].Text;
            left = new ServerBinary(symbol, left, Product());
        }

        return left;
    }

    private ServerExpression Product()
    {
        var left = Sign();
        while (Current.IsOperator("*") || Current.IsOperator("/") || Current.IsOperator("%") || Current.IsOperator("^"))
        {
            var symbol = tokens[at++].Text;
            left = new ServerBinary(symbol, left, Sign());
        }

        return left;
    }

    private ServerExpression Sign()
    {
        if (Current.Kind != ServerTokenKind.Operator)
            return Postfix(Primary());
        var symbol = tokens[at++].Text;
        var operand = Sign();
        return symbol switch
        {
            "+" => operand,
            "-" when operand is ServerLiteral { Kind: ServerLiteralKind.Number, Text: { } digits } => new ServerLiteral(digits.StartsWith('-') ? digits[1..] : "-" + digits, ServerLiteralKind.Number),
            _ => new ServerUnary(symbol, operand),
        };
    }

    private ServerExpression Postfix(ServerExpression operand)
    {
        while (true)
        {
            if (TakeMark("::"))
            {
                operand = new ServerCast(operand, Type());
            }
            else if (TakeMark("["))
            {
                var index = Or();
                if (TakeMark(":"))
                    index = Or();
                Expect("]");
                operand = new ServerElement(operand, index);
            }
            else if (Take("collate"))
            {
                do
                    at++;
                while (TakeMark("."));
            }
            else if (Current.Is("at") && Peek(1).Is("time") && Peek(2).Is("zone"))
            {
                at += 3;
                operand = new ServerCall("timezone", [Sign(), operand]);
            }
            else if (Current.IsMark(".") && Peek(1).IsName)
            {
                at++;
                operand = new ServerCall("attribute", [operand, new ServerLiteral(tokens[at++].Text, ServerLiteralKind.Text)]);
            }
            else
            {
                return operand;
            }
        }
    }

    /// <summary>A type's name, with its words, length and brackets, in lower case.</summary>
    private string Type()
    {
        if (!Current.IsName)
            throw new FormatException();
        var name = new StringBuilder(tokens[at++].Text);
        while (TakeMark("."))
            name.Append('.').Append(Current.IsName ? tokens[at++].Text : throw new FormatException());

        while (Current.Kind == ServerTokenKind.Word && Current.Text is "varying" or "precision" or "without" or "with" or "time" or "zone" or "year" or "month" or "day" or "hour" or "minute" or "second" or "to" && !(Current.Is("with") && !Peek(1).Is("time")) && name.Length < 60)
            name.Append(' ').Append(tokens[at++].Text);
        if (Current.IsMark("(") && Peek(1).Kind == ServerTokenKind.Number)
        {
            while (!Current.IsMark(")") && Current.Kind != ServerTokenKind.End)
                name.Append(tokens[at++].Text);
            Expect(")");
            name.Append(')');
            while (Current.Kind == ServerTokenKind.Word && Current.Text is "without" or "with" or "time" or "zone")
                name.Append(' ').Append(tokens[at++].Text);
        }

        while (Current.IsMark("[") && (Peek(1).IsMark("]") || (Peek(1).Kind == ServerTokenKind.Number && Peek(2).IsMark("]"))))
        {
            at += Peek(1).IsMark("]") ? 2 : 3;
            name.Append("[]");
        }

        return name.ToString();
    }

    private List<ServerExpression> List(string end)
    {
        var items = new List<ServerExpression>();
        if (TakeMark(end))
            return items;
        do
        {
            Take("variadic");
            items.Add(Or());
        }
        while (TakeMark(","));
        Expect(end);
        return items;
    }

    private ServerExpression Primary()
    {
        var token = Current;
        at++;
        switch (token.Kind)
        {
            case ServerTokenKind.Number:
                return new ServerLiteral(token.Text, ServerLiteralKind.Number);
            case ServerTokenKind.Text:
                return new ServerLiteral(token.Text, ServerLiteralKind.Text);
            case ServerTokenKind.Mark when token.Text == "(":
                var items = List(")");
                return items.Count == 1 ? items[0] : new ServerRow(items);
            case ServerTokenKind.Word or ServerTokenKind.QuotedName:
                return token.Kind == ServerTokenKind.Word ? Word(token.Text) : Name(token.Text);
            default:
                throw new FormatException();
        }
    }

    private ServerExpression Word(string word)
    {
        switch (word)
        {
            case "true" or "false":
                return new ServerLiteral(word, ServerLiteralKind.Boolean);
            case "null":
                return new ServerLiteral(null, ServerLiteralKind.Null);
            case "array" when TakeMark("["):
                return new ServerArray(List("]"));
            case "row" when TakeMark("("):
                return new ServerRow(List(")"));
            case "case":
                return Case();
            case "cast" when TakeMark("("):
                var operand = Or();
                if (!Take("as"))
                    throw new FormatException();
                var type = Type();
                Expect(")");
                return new ServerCast(operand, type);
            case "extract" when TakeMark("("):
                var part = tokens[at++].Text;
                if (!Take("from"))
                    throw new FormatException();
                var source = Or();
                Expect(")");
                return new ServerCall("date_part", [new ServerLiteral(part, ServerLiteralKind.Text), source]);
            case "position" when TakeMark("("):
                var what = Other();
                if (!Take("in"))
                    throw new FormatException();
                var within = Or();
                Expect(")");
                return new ServerCall("strpos", [within, what]);
            case "trim" when TakeMark("("):
                return Trim();
            case "substring" when Current.IsMark("("):
                return Substring();
            case "current_date" or "current_timestamp" or "localtimestamp" or "current_time" or "localtime":
                if (TakeMark("("))
                    List(")");
                return new ServerCall(word == "current_date" ? "current_date" : "now", []);
            case "interval" or "date" or "timestamp" or "timestamptz" or "time" when Current.Kind == ServerTokenKind.Text:
                return new ServerCast(new ServerLiteral(tokens[at++].Text, ServerLiteralKind.Text), word);
            default:
                return Name(word);
        }
    }

    private ServerExpression Trim()
    {
        var side = Take("both") ? "btrim" : Take("leading") ? "ltrim" : Take("trailing") ? "rtrim" : "btrim";
        if (Take("from"))
            return new ServerCall(side, List(")"));
        var first = Or();
        if (Take("from"))
        {
            var text = Or();
            Expect(")");
            return new ServerCall(side, [text, first]);
        }

        if (TakeMark(","))
            return new ServerCall(side, [first, .. List(")")]);
        Expect(")");
        return new ServerCall(side, [first]);
    }

    private ServerCall Substring()
    {
        at++;
        var arguments = new List<ServerExpression> { Or() };
        while (TakeMark(",") || Take("from") || Take("for"))
            arguments.Add(Or());
        Expect(")");
        return new("substring", arguments);
    }

    private ServerCase Case()
    {
        var operand = Current.Is("when") ? null : Or();
        var branches = new List<(ServerExpression, ServerExpression)>();
        while (Take("when"))
        {
            var when = Or();
            if (!Take("then"))
                throw new FormatException();
            branches.Add((operand is null ? when : new ServerBinary("=", operand, when), Or()));
        }

        var otherwise = Take("else") ? Or() : null;
        if (!Take("end") || branches.Count == 0)
            throw new FormatException();
        return new(branches, otherwise);
    }

    private ServerExpression Name(string name)
    {
        while (Current.IsMark(".") && Peek(1).IsName)
        {
            at++;
            name = tokens[at++].Text;
        }

        return TakeMark("(") ? ServerForms.Call(name, List(")")) : new ServerColumn(name);
    }
}
