using System.Text;

namespace TdmPortal.Core.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal static class Lexer
{
    /// <summary>Longest expression in characters; more is a program, not a rule.</summary>
    public const int MaxLength = 10_000;

    private static readonly string[] Symbols = ["<=", ">=", "!=", "<>", "(", ")", ",", ".", "+", "-", "*", "/", "%", "=", "<", ">"];

    public static List<Token> Read(string text)
    {
        if (text.Length > MaxLength)
            throw new ExpressionException(MaxLength, $"The expression is longer than {MaxLength} characters.");
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
            {
                tokens.Add(new(TokenKind.End, "", at));
                return tokens;
            }

            var c = text[at];
            if (char.IsAsciiLetter(c) || c == '_')
                tokens.Add(Name(text, ref at));
            else if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
                tokens.Add(Number(text, ref at));
            else if (c is '\'' or '"')
                tokens.Add(Quoted(text, ref at, c));
            else
                tokens.Add(Symbol(text, ref at));
        }
    }

    private static Token Name(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        return new(TokenKind.Name, text[start..at], start);
    }

    private static Token Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
        }

        if (at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] == '_'))
            throw new ExpressionException(at, $"A number cannot go on with \"{text[at]}\".");
        return new(TokenKind.Number, text[start..at], start);
    }

    private static Token Quoted(string text, ref int at, char quote)
    {
        var start = at++;
        var value = new StringBuilder();
        while (at < text.Length)
        {
            if (text[at] != quote)
            {
                value.Append(text[at++]);
            }
            else if (at + 1 < text.Length && text[at + 1] == quote)
            {
                value.Append(quote);
                at += 2;
            }
            else
            {
                at++;
                return new(quote == '\'' ? TokenKind.Text : TokenKind.QuotedName, value.ToString(), start);
            }
        }

        throw new ExpressionException(start, quote == '\'' ? "The text that starts here has no closing quote (')." : "The name that starts here has no closing quote (\").");
    }

    private static Token Symbol(string text, ref int at)
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) != 0)
                continue;
            var start = at;
            at += symbol.Length;
            return new(TokenKind.Symbol, symbol, start);
        }

        var suggestion = text[at] switch
        {
            '&' => "Write and",
            '|' => "Write or between conditions, concat(a, b) for texts",
            '!' => "Write not, or != between values",
            '“' or '”' or '‘' or '’' or '„' => "Write straight quotes: '",
            _ => null,
        };
        throw new ExpressionException(at, $"\"{Rune(text, at)}\" has no meaning here.", suggestion);
    }

    private static string Rune(string text, int at) =>
        char.IsSurrogatePair(text, at) ? text.Substring(at, 2) : text.Substring(at, 1);
}
