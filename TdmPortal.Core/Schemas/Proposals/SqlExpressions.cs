using System.Text;

namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>Writes a check or a computed column of SQL in the schema's expression language, as far as it has the words.</summary>
internal static class SqlExpressions
{
    private static readonly string[] Reserved = ["and", "or", "not", "between", "in", "is", "null", "case", "when", "then", "else", "end", "true", "false"];

    /// <param name="fieldOf">The field of a column's name; null where there is none.</param>
    public static string Translate(IReadOnlyList<SqlToken> tokens, Func<string, string?> fieldOf)
    {
        // PostgreSQL puts brackets around a whole check.
        while (tokens.Count > 2 && tokens[0].IsSymbol("(") && Inside(tokens, 0) is var whole && whole.End == tokens.Count - 1 && tokens[^1].IsSymbol(")"))
            tokens = whole.Items;
        var text = new StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var isCall = i + 1 < tokens.Count && tokens[i + 1].IsSymbol("(");
            if (token.IsSymbol("::"))
                i = SkipType(tokens, i + 1) - 1;
            else if (AnyOf(tokens, i) is { } any)
                (_, i) = (Word(text, "in (").Append(Translate(any.Items, fieldOf)).Append(')'), any.End);
            else if (token.Is("CAST") && isCall && Inside(tokens, i + 1) is var cast && cast.Items.FindLastIndex(one => one.Is("AS")) is > 0 and var at)
                (_, i) = (Word(text, "(").Append(Translate(cast.Items[..at], fieldOf)).Append(')'), cast.End);
            else if (token.Is("EXTRACT") && isCall && Inside(tokens, i + 1) is var extract && extract.Items is [_, { } from, ..] && from.Is("FROM"))
                (_, i) = (Word(text, extract.Items[0].Text.ToLowerInvariant()).Append('(').Append(Translate(extract.Items[2..], fieldOf)).Append(')'), extract.End);
            else
                Append(text, token, isCall, i > 0 && IsFunction(tokens[i - 1]), fieldOf);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, SqlToken token, bool isCall, bool afterFunction, Func<string, string?> fieldOf)
    {
        switch (token.Kind)
        {
            case SqlTokenKind.Text:
                Word(text, "'").Append(token.Text.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
                break;
            case SqlTokenKind.Word when isCall && IsFunction(token):
                Word(text, Function(token.Text));
                break;
            case SqlTokenKind.Word or SqlTokenKind.QuotedName when fieldOf(token.Text) is { } field && (token.Kind == SqlTokenKind.QuotedName || !IsReserved(token)):
                Word(text, Reserved.Contains(field, StringComparer.Ordinal) ? $"\"{field}\"" : field);
                break;
            case SqlTokenKind.Symbol when token.Text is ")" or "," || (token.Text == "(" && afterFunction):
                text.Append(token.Text);
                break;
            case SqlTokenKind.Symbol:
                Word(text, token.Text == "==" ? "=" : token.Text);
                break;
            case SqlTokenKind.Word when IsReserved(token):
                Word(text, token.Text.ToLowerInvariant());
                break;
            default:
                Word(text, token.Text);
                break;
        }
    }

    /// <summary>Appends a word, parted from the one before.</summary>
    private static StringBuilder Word(StringBuilder text, string word) =>
        (text.Length == 0 || text[^1] == '(' ? text : text.Append(' ')).Append(word);

    private static bool IsFunction(SqlToken token) => token.Kind == SqlTokenKind.Word && !IsReserved(token);

    private static bool IsReserved(SqlToken token) => Reserved.Contains(token.Text, StringComparer.OrdinalIgnoreCase);

    private static string Function(string name) => name.ToLowerInvariant() switch
    {
        "len" or "char_length" or "character_length" or "datalength" => "length",
        "substr" => "substring",
        "ceiling" => "ceil",
        "isnull" or "ifnull" or "nvl" => "coalesce",
        "btrim" => "trim",
        "least" => "min",
        "greatest" => "max",
        var other => other,
    };

    /// <summary>PostgreSQL writes <c>x in (…)</c> back as <c>x = ANY (ARRAY[…])</c>.</summary>
    private static (List<SqlToken> Items, int End)? AnyOf(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (!tokens[at].IsSymbol("=") || at + 2 >= tokens.Count || !tokens[at + 1].Is("ANY") || !tokens[at + 2].IsSymbol("("))
            return null;
        var inside = Inside(tokens, at + 2);
        var from = inside.Items.FindIndex(token => token.IsSymbol("["));
        var to = inside.Items.FindLastIndex(token => token.IsSymbol("]") && from >= 0);
        // The last bracket may belong to a type: ARRAY['a'::text, 'b'::text]::text[].
        while (to > 0 && inside.Items[to - 1].IsSymbol("["))
            to = inside.Items.FindLastIndex(to - 1, token => token.IsSymbol("]"));
        return from < 0 || to <= from ? null : (inside.Items[(from + 1)..to], inside.End);
    }

    private static (List<SqlToken> Items, int End) Inside(IReadOnlyList<SqlToken> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Count; i++)
        {
            if (tokens[i].IsSymbol("("))
                depth++;
            else if (tokens[i].IsSymbol(")") && --depth == 0)
                return ([.. tokens.Skip(open + 1).Take(i - open - 1)], i);
        }

        return ([.. tokens.Skip(open + 1)], tokens.Count - 1);
    }

    private static int SkipType(IReadOnlyList<SqlToken> tokens, int at)
    {
        var name = at < tokens.Count ? tokens[at++].Text.ToLowerInvariant() : "";
        while (at < tokens.Count)
        {
            if (tokens[at].Kind == SqlTokenKind.Word && SqlTypes.GoesOn(name, tokens[at].Text.ToLowerInvariant()))
                name += " " + tokens[at++].Text.ToLowerInvariant();
            else if (tokens[at].IsSymbol("(") && at + 2 < tokens.Count && tokens[at + 1].Kind == SqlTokenKind.Number)
                at = Inside(tokens, at).End + 1;
            else if (tokens[at].IsSymbol("[") && at + 1 < tokens.Count && tokens[at + 1].IsSymbol("]"))
                at += 2;
            else
                break;
        }

        return at;
    }
}
