using System.Text;
using TdmPortal.Core.Import.Checks;

namespace TdmPortal.Core.Import.Ddl;

/// <summary>One statement's tokens with a place among them.</summary>
internal sealed class DdlStatement(string text, List<ServerToken> tokens)
{
    private int at;

    public ServerToken Current => Peek(0);

    public bool IsAtEnd => Current.Kind == ServerTokenKind.End;

    public string Whole => tokens.Count == 0 ? "" : Slice(0, tokens.Count);

    public int Place => at;

    public ServerToken Peek(int ahead) => at + ahead < tokens.Count ? tokens[at + ahead] : new(ServerTokenKind.End, "");

    public ServerToken Take() => at < tokens.Count ? tokens[at++] : new(ServerTokenKind.End, "");

    public bool Take(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!Peek(i).Is(words[i]))
                return false;
        }

        at += words.Length;
        return true;
    }

    public bool TakeMark(string mark)
    {
        if (!Current.IsMark(mark))
            return false;
        at++;
        return true;
    }

    /// <summary>A name with the schema in front of it, if there is one.</summary>
    public (string? Schema, string Name)? Name()
    {
        if (!Current.IsName)
            return null;
        string? schema = null;
        var name = Take().Text;
        while (Current.IsMark(".") && Peek(1).IsName)
        {
            at++;
            (schema, name) = (name, Take().Text);
        }

        return (schema, name);
    }

    /// <summary>What stands between the bracket here and its partner.</summary>
    public DdlStatement Bracketed()
    {
        if (!TakeMark("("))
            return new(text, []);
        var start = at;
        for (var depth = 1; !IsAtEnd;)
        {
            var token = Take();
            if (token.IsMark("("))
                depth++;
            else if (token.IsMark(")") && --depth == 0)
                return new(text, tokens[start..(at - 1)]);
        }

        return new(text, tokens[start..]);
    }

    /// <summary>The parts between commas outside of brackets.</summary>
    public List<DdlStatement> Parts()
    {
        var parts = new List<DdlStatement>();
        var (start, depth) = (at, 0);
        for (var i = at; i <= tokens.Count; i++)
        {
            if (i == tokens.Count || (depth == 0 && tokens[i].IsMark(",")))
            {
                if (i > start)
                    parts.Add(new(text, tokens[start..i]));
                start = i + 1;
            }
            else if (tokens[i].IsMark("(") || tokens[i].IsMark("["))
            {
                depth++;
            }
            else if (tokens[i].IsMark(")") || tokens[i].IsMark("]"))
            {
                depth--;
            }
        }

        at = tokens.Count;
        return parts;
    }

    /// <summary>Names in brackets: columns of a key.</summary>
    public List<string> Names() => [.. Bracketed().Parts().Where(part => part.Current.IsName).Select(part => part.Current.Text)];

    /// <summary>The text from a place up to here.</summary>
    public string From(int start) => at > start ? Slice(start, at) : "";

    private string Slice(int from, int to) => text[tokens[from].Start..tokens[to - 1].End];

    /// <summary>An expression up to a word that begins something else.</summary>
    public string Expression(IReadOnlyCollection<string> ends)
    {
        var start = at;
        var depth = 0;
        while (!IsAtEnd)
        {
            var token = Current;
            if (depth == 0 && (token.IsMark(",") || (token.Kind == ServerTokenKind.Word && ends.Contains(token.Text) && at > start)))
                break;
            if (token.IsMark("(") || token.IsMark("["))
                depth++;
            else if (token.IsMark(")") || token.IsMark("]"))
                depth--;
            at++;
        }

        return From(start);
    }

    /// <summary>Statements of a script; rows of COPY and commands of psql are left out.</summary>
    public static IEnumerable<DdlStatement> Split(string sql)
    {
        var text = WithoutRows(sql);
        var tokens = new List<ServerToken>();
        foreach (var token in ServerLexer.Read(text))
        {
            if (token.IsMark(";") || token.Kind == ServerTokenKind.End)
            {
                if (tokens.Count > 0)
                    yield return new(text, tokens);
                tokens = [];
            }
            else
            {
                tokens.Add(token);
            }
        }
    }

    private static string WithoutRows(string sql)
    {
        if (!sql.Contains('\\', StringComparison.Ordinal) && !sql.StartsWith('\uFEFF'))
            return sql;
        var kept = new StringBuilder(sql.Length);
        var isInRows = false;
        foreach (var line in sql.TrimStart('\uFEFF').Split('\n'))
        {
            if (isInRows)
            {
                isInRows = line.TrimEnd('\r') != "\\.";
                continue;
            }

            if (line.StartsWith('\\'))
                continue;
            kept.Append(line).Append('\n');
            isInRows = line.StartsWith("COPY ", StringComparison.OrdinalIgnoreCase) && line.TrimEnd().EndsWith("FROM stdin;", StringComparison.OrdinalIgnoreCase);
        }

        return kept.ToString();
    }
}
