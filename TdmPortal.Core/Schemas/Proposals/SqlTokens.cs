namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>A place in a list of tokens, with what every part of the parser needs.</summary>
internal sealed class SqlTokens(IReadOnlyList<SqlToken> tokens)
{
    private int at;

    public SqlToken Current => tokens[Math.Min(at, tokens.Count - 1)];

    public SqlToken Next => tokens[Math.Min(at + 1, tokens.Count - 1)];

    public bool IsAtEnd => Current.Kind == SqlTokenKind.End;

    public SqlToken Take() => tokens[Math.Min(at++, tokens.Count - 1)];

    public bool TryTake(string word)
    {
        if (!Current.Is(word))
            return false;
        at++;
        return true;
    }

    public bool TryTakeSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol))
            return false;
        at++;
        return true;
    }

    /// <summary>All of the words, or none.</summary>
    public bool TryTakeAll(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (at + i >= tokens.Count || !tokens[at + i].Is(words[i]))
                return false;
        }

        at += words.Length;
        return true;
    }

    /// <summary>A name that may be qualified: its last part, and the part before it.</summary>
    public (string? Schema, string Name)? TryTakeName()
    {
        if (!Current.IsName)
            return null;
        string? schema = null;
        var name = Take().Text;
        while (Current.IsSymbol(".") && Next.IsName)
        {
            Take();
            (schema, name) = (name, Take().Text);
        }

        return (schema, name);
    }

    /// <summary>What stands between the bracket here and its partner, which is taken too.</summary>
    public List<SqlToken> TakeBracketed()
    {
        var inside = new List<SqlToken>();
        if (!TryTakeSymbol("("))
            return inside;
        for (var depth = 1; !IsAtEnd;)
        {
            var token = Take();
            if (token.IsSymbol("("))
                depth++;
            else if (token.IsSymbol(")") && --depth == 0)
                break;
            inside.Add(token);
        }

        return inside;
    }

    /// <summary>Column names in brackets, without lengths and directions: <c>(a(10), b DESC)</c>.</summary>
    public List<string> TakeColumns()
    {
        var names = new List<string>();
        foreach (var part in Split(TakeBracketed()))
        {
            if (part.Count > 0 && part[0].IsName)
                names.Add(part[0].Text);
        }

        return names;
    }

    public void SkipStatement()
    {
        while (!IsAtEnd && !Current.IsSymbol(";") && !(Current.Is("GO") && Next.Line > Current.Line))
            Take();
    }

    /// <summary>The parts between commas outside of brackets.</summary>
    public static List<List<SqlToken>> Split(IReadOnlyList<SqlToken> inside)
    {
        var parts = new List<List<SqlToken>> { new() };
        var depth = 0;
        foreach (var token in inside)
        {
            if (token.IsSymbol("(") || token.IsSymbol("["))
                depth++;
            else if (token.IsSymbol(")") || token.IsSymbol("]"))
                depth--;
            if (depth == 0 && token.IsSymbol(","))
                parts.Add([]);
            else
                parts[^1].Add(token);
        }

        return parts;
    }

    public static SqlTokens Of(IReadOnlyList<SqlToken> part, int line) => new([.. part, new SqlToken(SqlTokenKind.End, "", part.Count > 0 ? part[^1].Line : line)]);
}
