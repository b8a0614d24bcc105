using System.Text;

namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>Cuts SQL of any common dialect into tokens; comments and what is no SQL are skipped.</summary>
internal static class SqlLexer
{
    private static readonly string[] Symbols = ["::", "<=", ">=", "<>", "!=", "||", "==", ":="];

    public static List<SqlToken> Read(string sql)
    {
        var tokens = new List<SqlToken>();
        var (at, line) = (0, 1);
        while (at < sql.Length)
        {
            var c = sql[at];
            if (c == '\n')
                line++;
            if (char.IsWhiteSpace(c) || c == '\uFEFF')
                at++;
            else if (Starts(sql, at, "--") || c == '#')
                at = End(sql, at, "\n", keep: true);
            else if (Starts(sql, at, "/*"))
                Advance(sql, ref at, ref line, End(sql, at + 2, "*/", keep: false));
            else if (c == '$' && Dollar(sql, at) is { } tag)
                Dollars(sql, tag, tokens, ref at, ref line);
            else if (c is '\'')
                Quoted(sql, '\'', SqlTokenKind.Text, tokens, ref at, ref line);
            else if (c is 'N' or 'n' or 'E' or 'e' && at + 1 < sql.Length && sql[at + 1] == '\'')
                at++;
            else if (c is '"' or '`')
                Quoted(sql, c, SqlTokenKind.QuotedName, tokens, ref at, ref line);
            else if (c == '[' && at + 1 < sql.Length && (char.IsLetter(sql[at + 1]) || sql[at + 1] == '_') && sql.IndexOf(']', at) > 0)
                Quoted(sql, ']', SqlTokenKind.QuotedName, tokens, ref at, ref line);
            else if (char.IsLetter(c) || c is '_' or '@')
                tokens.Add(new(SqlTokenKind.Word, Take(sql, ref at, one => char.IsLetterOrDigit(one) || one is '_' or '$' or '@' or '#'), line));
            else if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < sql.Length && char.IsAsciiDigit(sql[at + 1])))
                tokens.Add(new(SqlTokenKind.Number, Take(sql, ref at, one => char.IsAsciiDigit(one) || one == '.'), line));
            else
                tokens.Add(Symbol(sql, ref at, line));
        }

        tokens.Add(new(SqlTokenKind.End, "", line));
        return tokens;
    }

    private static bool Starts(string sql, int at, string what) => string.CompareOrdinal(sql, at, what, 0, what.Length) == 0;

    private static int End(string sql, int at, string what, bool keep)
    {
        var end = sql.IndexOf(what, at, StringComparison.Ordinal);
        return end < 0 ? sql.Length : keep ? end : end + what.Length;
    }

    private static void Advance(string sql, ref int at, ref int line, int to)
    {
        line += sql.AsSpan(at, to - at).Count('\n');
        at = to;
    }

    private static string Take(string sql, ref int at, Func<char, bool> goesOn)
    {
        var start = at;
        while (at < sql.Length && goesOn(sql[at]))
            at++;
        return sql[start..at];
    }

    private static SqlToken Symbol(string sql, ref int at, int line)
    {
        foreach (var symbol in Symbols)
        {
            if (Starts(sql, at, symbol))
            {
                at += symbol.Length;
                return new(SqlTokenKind.Symbol, symbol, line);
            }
        }

        return new(SqlTokenKind.Symbol, sql[at++].ToString(), line);
    }

    private static void Quoted(string sql, char close, SqlTokenKind kind, List<SqlToken> tokens, ref int at, ref int line)
    {
        var value = new StringBuilder();
        var start = line;
        at++;
        while (at < sql.Length)
        {
            var c = sql[at++];
            if (c == '\n')
                line++;
            if (c == close)
            {
                if (at >= sql.Length || sql[at] != close)
                    break;
                at++;
            }
            else if (c == '\\' && kind == SqlTokenKind.Text && at < sql.Length && sql[at] == '\'')
            {
                // MySQL's escape for a quote within a text.
                c = sql[at++];
            }

            value.Append(c);
        }

        tokens.Add(new(kind, value.ToString(), start));
    }

    /// <summary>PostgreSQL's dollar quotes: <c>$$</c>, <c>$body$</c>.</summary>
    private static string? Dollar(string sql, int at)
    {
        var end = sql.IndexOf('$', at + 1);
        return end > 0 && end - at < 30 && sql[(at + 1)..end].All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? sql[at..(end + 1)] : null;
    }

    private static void Dollars(string sql, string tag, List<SqlToken> tokens, ref int at, ref int line)
    {
        var start = line;
        var from = at + tag.Length;
        var to = End(sql, from, tag, keep: true);
        tokens.Add(new(SqlTokenKind.Text, sql[from..to], start));
        Advance(sql, ref at, ref line, Math.Min(sql.Length, to + tag.Length));
    }
}
