using System.Buffers;
using System.Text;

namespace TdmPortal.Core.Import.Checks;

internal enum ServerTokenKind
{
    End,
    Word,
    QuotedName,
    Number,
    Text,
    Operator,
    Mark,
}

/// <param name="Text">A word in lower case, a name or text without quotes, digits, an operator, or one of <c>( ) [ ] , . : ; ::</c>.</param>
/// <param name="Start">Where it begins in the text that was read.</param>
/// <param name="End">Behind its last character.</param>
internal readonly record struct ServerToken(ServerTokenKind Kind, string Text, int Start = 0, int End = 0)
{
    public bool Is(string word) => Kind == ServerTokenKind.Word && Text == word;

    public bool IsMark(string mark) => Kind == ServerTokenKind.Mark && Text == mark;

    public bool IsOperator(string text) => Kind == ServerTokenKind.Operator && Text == text;

    public bool IsName => Kind is ServerTokenKind.Word or ServerTokenKind.QuotedName;
}

/// <summary>Cuts an expression into PostgreSQL's tokens, by its rules for operators and quotes.</summary>
internal static class ServerLexer
{
    private const string OperatorCharacters = "+-*/<>=~!@#%^&|`?";

    private static readonly SearchValues<char> UnusualOperators = SearchValues.Create("~!@#%^&|`?");

    private static readonly SearchValues<char> TagCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    public static List<ServerToken> Read(string text)
    {
        var tokens = new List<ServerToken>();
        for (var at = 0; at < text.Length;)
        {
            var (c, start, before) = (text[at], at, tokens.Count);
            if (char.IsWhiteSpace(c))
                at++;
            else if (c == '-' && At(text, at + 1) == '-')
                at = text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
            else if (c == '/' && At(text, at + 1) == '*')
                at = text.IndexOf("*/", at, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : text.Length;
            else if (c == '\'')
                tokens.Add(new(ServerTokenKind.Text, Quoted(text, ref at, '\'', escapes: false)));
            else if (c is 'E' or 'e' && At(text, at + 1) == '\'')
                tokens.Add(new(ServerTokenKind.Text, Escaped(text, ref at)));
            else if (c == '"')
                tokens.Add(new(ServerTokenKind.QuotedName, Quoted(text, ref at, '"', escapes: false)));
            else if (c == '$' && Dollar(text, at) is { } tag)
                tokens.Add(new(ServerTokenKind.Text, DollarQuoted(text, ref at, tag)));
            else if (char.IsLetter(c) || c == '_')
                tokens.Add(new(ServerTokenKind.Word, Take(text, ref at, one => char.IsLetterOrDigit(one) || one is '_' or '$').ToLowerInvariant()));
            else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(At(text, at + 1))))
                tokens.Add(new(ServerTokenKind.Number, Number(text, ref at)));
            else if (c == ':' && At(text, at + 1) == ':')
                tokens.Add(Mark(text, ref at, 2));
            else if (OperatorCharacters.Contains(c, StringComparison.Ordinal))
                tokens.Add(new(ServerTokenKind.Operator, Operator(text, ref at)));
            else
                tokens.Add(Mark(text, ref at, 1));
            if (tokens.Count > before)
                tokens[^1] = tokens[^1] with { Start = start, End = at };
        }

        tokens.Add(new(ServerTokenKind.End, "", text.Length, text.Length));
        return tokens;
    }

    private static char At(string text, int at) => at < text.Length ? text[at] : '\0';

    private static ServerToken Mark(string text, ref int at, int length)
    {
        at += length;
        return new(ServerTokenKind.Mark, text.Substring(at - length, length));
    }

    private static string Take(string text, ref int at, Func<char, bool> goesOn)
    {
        var start = at;
        while (at < text.Length && goesOn(text[at]))
            at++;
        return text[start..at];
    }

    private static string Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
            at++;
        if (At(text, at) is 'e' or 'E' && (char.IsAsciiDigit(At(text, at + 1)) || (At(text, at + 1) is '-' or '+' && char.IsAsciiDigit(At(text, at + 2)))))
        {
            at += 2;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
        }

        return text[start..at];
    }

    /// <summary>An operator does not end in + or − unless it holds a character that no standard operator has.</summary>
    private static string Operator(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && OperatorCharacters.Contains(text[at], StringComparison.Ordinal) && !(text[at] == '-' && At(text, at + 1) == '-') && !(text[at] == '/' && At(text, at + 1) == '*'))
            at++;
        while (at - start > 1 && text[at - 1] is '+' or '-' && text.AsSpan(start, at - start).IndexOfAny(UnusualOperators) < 0)
            at--;
        var found = text[start..at];
        return found == "!=" ? "<>" : found;
    }

    private static string Quoted(string text, ref int at, char quote, bool escapes)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                if (At(text, at + 1) != quote)
                    break;
                at++;
            }
            else if (escapes && text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
                value.Append(text[at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
                continue;
            }

            value.Append(text[at]);
        }

        at = Math.Min(text.Length, at + 1);
        return value.ToString();
    }

    private static string Escaped(string text, ref int at)
    {
        at++;
        return Quoted(text, ref at, '\'', escapes: true);
    }

    private static string? Dollar(string text, int at)
    {
        var end = text.IndexOf('$', at + 1);
        return end > 0 && text.AsSpan(at + 1, end - at - 1).IndexOfAnyExcept(TagCharacters) < 0 ? text[at..(end + 1)] : null;
    }

    private static string DollarQuoted(string text, ref int at, string tag)
    {
        var from = at + tag.Length;
        var to = text.IndexOf(tag, from, StringComparison.Ordinal) is >= 0 and var end ? end : text.Length;
        at = Math.Min(text.Length, to + tag.Length);
        return text[from..to];
    }
}
