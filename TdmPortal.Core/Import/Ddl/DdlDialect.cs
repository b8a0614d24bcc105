using System.Text;
using System.Text.RegularExpressions;

namespace TdmPortal.Core.Import.Ddl;

/// <summary>
/// Scripts of MySQL, SQL Server and SQLite in the words of PostgreSQL: names in backticks and brackets, numbering,
/// batches, comments. A script that shows no sign of them is left as it is; what types are called is
/// <see cref="DdlTypes"/>' to know.
/// </summary>
internal static partial class DdlDialect
{
    [Flags]
    private enum Signs
    {
        None = 0,
        MySql = 1,
        SqlServer = 2,
        Sqlite = 4,
    }

    public static string ToPostgres(string sql)
    {
        var signs = (MySqlSign().IsMatch(sql) ? Signs.MySql : Signs.None) | (SqlServerSign().IsMatch(sql) ? Signs.SqlServer : Signs.None) | (SqliteSign().IsMatch(sql) ? Signs.Sqlite : Signs.None);
        return signs == Signs.None ? sql : new Translation(sql, signs).Text();
    }

    [GeneratedRegex(@"`|\bauto_increment\b|\bengine\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex MySqlSign();

    [GeneratedRegex(@"^\s*go\s*$|\bcreate\s+table\s+\[|\.\[|\bidentity\s*\(\s*-?[0-9]+\s*,|\buniqueidentifier\b|\bnvarchar\s*\(\s*max\b", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex SqlServerSign();

    [GeneratedRegex(@"\bautoincrement\b|\bwithout\s+rowid\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex SqliteSign();

    private sealed class Translation(string sql, Signs signs)
    {
        private readonly StringBuilder made = new(sql.Length + 64);
        private int at;
        private int skipped;

        /// <summary>What stands before is a name in brackets, so a name in brackets behind it is a type.</summary>
        private bool isBehindName;

        public string Text()
        {
            while (at < sql.Length)
            {
                var c = sql[at];
                var end = c switch
                {
                    '\'' => Behind('\''),
                    '"' => Behind('"'),
                    '`' when signs.HasFlag(Signs.MySql) => Behind('`'),
                    '[' when signs.HasFlag(Signs.SqlServer) => Behind(']'),
                    '#' when signs.HasFlag(Signs.MySql) => LineEnd(),
                    '-' when Next(1) == '-' => LineEnd(),
                    '/' when Next(1) == '*' => sql.IndexOf("*/", at, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : sql.Length,
                    _ when char.IsLetter(c) || c == '_' => Word(),
                    _ => at + 1,
                };
                Take(c, end);
                at = Math.Max(at + 1, end) + skipped;
                skipped = 0;
            }

            return made.ToString();
        }

        private char Next(int ahead) => at + ahead < sql.Length ? sql[at + ahead] : '\0';

        private int LineEnd() => sql.IndexOf('\n', at) is >= 0 and var end ? end : sql.Length;

        private int Word()
        {
            var end = at;
            while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] is '_' or '$'))
                end++;
            return end;
        }

        /// <summary>Behind the closing quote; MySQL's backslash hides one.</summary>
        private int Behind(char quote)
        {
            for (var i = at + 1; i < sql.Length; i++)
            {
                if (sql[i] == '\\' && quote == '\'' && signs.HasFlag(Signs.MySql))
                    i++;
                else if (sql[i] == quote && i + 1 < sql.Length && sql[i + 1] == quote)
                    i++;
                else if (sql[i] == quote)
                    return i + 1;
            }

            return sql.Length;
        }

        private void Take(char first, int end)
        {
            var text = sql[at..end];
            switch (first)
            {
                case '\'' when signs.HasFlag(Signs.MySql) && text.Contains('\\', StringComparison.Ordinal):
                    made.Append('\'').Append(Unescaped(text)).Append('\'');
                    break;
                case '`' or '[' when text.Length > 2 && end > at + 1 && (first == '`' ? signs.HasFlag(Signs.MySql) : signs.HasFlag(Signs.SqlServer)):
                    Name(text[1..^1].Replace(first == '`' ? "``" : "]]", first == '`' ? "`" : "]", StringComparison.Ordinal), first == '[');
                    return;
                case '#' when signs.HasFlag(Signs.MySql):
                    break;
                case var c when char.IsLetter(c) || c == '_':
                    Plain(text);
                    break;
                default:
                    made.Append(text);
                    break;
            }

            isBehindName &= char.IsWhiteSpace(first);
        }

        private static string Unescaped(string text)
        {
            var plain = new StringBuilder();
            for (var i = 1; i < text.Length - 1; i++)
            {
                if (text[i] != '\\' || i + 2 >= text.Length)
                    plain.Append(text[i]);
                else
                    plain.Append(text[++i] switch { '\'' => "''", 'n' => "\n", 't' => "\t", 'r' => "\r", var other => other.ToString() });
            }

            return plain.ToString();
        }

        private void Name(string name, bool mayBeType)
        {
            if (mayBeType && isBehindName)
                Plain(name);
            else
                made.Append('"').Append(name.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            isBehindName = !isBehindName;
        }

        private void Plain(string word)
        {
            var lower = word.ToLowerInvariant();
            if (signs.HasFlag(Signs.SqlServer) && lower == "go" && sql.AsSpan(0, at).TrimEnd(" \t").EndsWith("\n") && sql.AsSpan(at + word.Length).TrimStart(" \t\r") is [] or ['\n', ..])
            {
                made.Append(';');
                return;
            }

            if (signs.HasFlag(Signs.SqlServer) && lower == "identity")
            {
                // Without the brackets numbers go from 1 by 1.
                var options = IdentityOptions().Match(sql, at + word.Length);
                made.Append("generated by default as identity");
                if (options is { Success: true } && options.Index == at + word.Length)
                {
                    made.Append(" (start with ").Append(options.Groups["start"].Value).Append(" increment by ").Append(options.Groups["step"].Value).Append(')');
                    skipped = options.Length;
                }

                return;
            }

            made.Append(lower switch
            {
                "auto_increment" when signs.HasFlag(Signs.MySql) && !sql.AsSpan(at + word.Length).TrimStart().StartsWith("=") => "generated by default as identity",
                "autoincrement" when signs.HasFlag(Signs.Sqlite) => "generated by default as identity",
                "money" when signs.HasFlag(Signs.SqlServer) => "numeric(19,4)",
                "smallmoney" when signs.HasFlag(Signs.SqlServer) => "numeric(10,4)",
                "bit" when signs.HasFlag(Signs.SqlServer) => "boolean",
                _ when IsCamelCase(word) => $"\"{word}\"",
                _ => word,
            });
        }

        /// <summary>A name whose words show by its case, which PostgreSQL would forget.</summary>
        private static bool IsCamelCase(string word)
        {
            for (var i = 1; i < word.Length; i++)
            {
                if (char.IsAsciiLetterUpper(word[i]) && char.IsAsciiLetterLower(word[i - 1]))
                    return true;
            }

            return false;
        }
    }

    [GeneratedRegex(@"\G\s*\(\s*(?<start>-?[0-9]{1,18})\s*,\s*(?<step>-?[0-9]{1,18})\s*\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdentityOptions();
}
