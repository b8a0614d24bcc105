using System.Text;

namespace TdmPortal.Web.Schemas.Editing;

/// <summary>
/// Renames fields and relationships inside an expression's text without touching anything else of it (spacing, case,
/// quotes, even mistakes): a rename must work while the expression is half written, so it reads tokens, not a tree.
/// </summary>
public static class ExpressionNames
{
    /// <summary>Renames a field of one entity in an expression written on another or on the same entity.</summary>
    /// <param name="expression">The text.</param>
    /// <param name="on">Entity that the expression is written on.</param>
    /// <param name="entity">Entity whose field is renamed.</param>
    /// <param name="field">Its name so far.</param>
    /// <param name="newName">Its name from now on.</param>
    /// <param name="parentOf">Parent entity of a relationship, null when it is unknown.</param>
    /// <param name="childOf">Child entity of a relationship, null when it is unknown.</param>
    public static string RenameField(string expression, string on, string entity, string field, string newName, Func<string, string?> parentOf, Func<string, string?> childOf)
    {
        var tokens = Tokens(expression);
        var result = new StringBuilder(expression.Length + 16);
        // The entity that a bare name belongs to, by depth of brackets: sum(rel, …) speaks of the child.
        var scopes = new Stack<string?>();
        scopes.Push(on);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token == "(")
            {
                var function = Before(tokens, i);
                scopes.Push(function is "sum" or "min" or "max" or "avg" && After(tokens, After(tokens, i).At) is { Text: "," } ? childOf(After(tokens, i).Text) ?? scopes.Peek() : scopes.Peek());
            }
            else if (token == ")" && scopes.Count > 1)
            {
                scopes.Pop();
            }

            result.Append(token == field && IsName(token) && Owner(tokens, i, scopes.Peek(), parentOf, childOf) == entity ? newName : token);
        }

        return result.ToString();
    }

    /// <summary>Renames a relationship wherever it stands as the first argument of a function.</summary>
    public static string RenameRelationship(string expression, string name, string newName)
    {
        var tokens = Tokens(expression);
        var result = new StringBuilder(expression.Length + 16);
        for (var i = 0; i < tokens.Count; i++)
        {
            var named = tokens[i] == name && PreviousAt(tokens, i) is var at and >= 0 && tokens[at] == "(" && Before(tokens, at) is "parent" or "count" or "sum" or "min" or "max" or "avg";
            result.Append(named ? newName : tokens[i]);
        }

        return result.ToString();
    }

    /// <summary>Which entity's field the name at a place is; null for a function, a relationship or a field of something unknown.</summary>
    private static string? Owner(List<string> tokens, int at, string? scope, Func<string, string?> parentOf, Func<string, string?> childOf)
    {
        if (After(tokens, at) is { Text: "(" })
            return null;
        var previous = PreviousAt(tokens, at);
        if (previous >= 0 && tokens[previous] == ".")
        {
            // parent(rel).field
            var close = PreviousAt(tokens, previous);
            var relationship = close >= 0 && tokens[close] == ")" ? PreviousAt(tokens, close) : -1;
            return relationship >= 0 ? parentOf(tokens[relationship]) : null;
        }

        // max(limit, 3) compares two numbers, max(order_customer, total) looks at children: the name tells.
        var function = previous >= 0 && tokens[previous] == "(" ? Before(tokens, previous) : null;
        var isRelationship = function is "parent" or "count" || (function is "sum" or "min" or "max" or "avg" && childOf(tokens[at]) is not null && After(tokens, at) is { Text: "," });
        return isRelationship ? null : scope;
    }

    private static string? Before(List<string> tokens, int at) => PreviousAt(tokens, at) is var i and >= 0 ? tokens[i] : null;

    private static int PreviousAt(List<string> tokens, int at)
    {
        do
            at--;
        while (at >= 0 && string.IsNullOrWhiteSpace(tokens[at]));
        return at;
    }

    private static (string Text, int At) After(List<string> tokens, int at)
    {
        do
            at++;
        while (at < tokens.Count && string.IsNullOrWhiteSpace(tokens[at]));
        return at < tokens.Count ? (tokens[at], at) : ("", at);
    }

    private static bool IsName(string token) => token.Length > 0 && (char.IsAsciiLetter(token[0]) || token[0] == '_');

    /// <summary>Cuts a text into names and numbers, quoted strings, white space and single characters; joined they are the text.</summary>
    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (text[i] == '\'')
            {
                for (i++; i < text.Length && text[i] != '\''; i++)
                {
                }

                i = Math.Min(i + 1, text.Length);
            }
            else if (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_')
            {
                while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_'))
                    i++;
            }
            else if (char.IsWhiteSpace(text[i]))
            {
                while (i < text.Length && char.IsWhiteSpace(text[i]))
                    i++;
            }
            else
            {
                i++;
            }

            tokens.Add(text[start..i]);
        }

        return tokens;
    }
}
