using System.Text;

namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>Rows of values separated by tab, semicolon, comma or bar, with quotes as in RFC 4180.</summary>
internal static class DelimitedText
{
    /// <summary>The separator that stands most often in the first line outside of quotes; a tab always wins.</summary>
    public static char Separator(string text)
    {
        var counts = new Dictionary<char, int> { ['\t'] = 0, [';'] = 0, [','] = 0, ['|'] = 0 };
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && c is '\n' or '\r')
                break;
            else if (!quoted && counts.TryGetValue(c, out var count))
                counts[c] = count + 1;
        }

        return counts['\t'] > 0 ? '\t' : counts.Where(one => one.Key != '\t').MaxBy(one => one.Value) is { Value: > 0 } best ? best.Key : ',';
    }

    /// <summary>The rows with the line that each begins at, 1-based; empty lines are left out.</summary>
    public static IEnumerable<(int Line, List<string> Values)> Read(string text, char separator)
    {
        var value = new StringBuilder();
        var values = new List<string>();
        var (line, start, quoted, wasQuoted) = (1, 1, false, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i == text.Length ? '\n' : text[i];
            if (c == '\n' && i < text.Length)
                line++;
            if (quoted && i < text.Length)
            {
                if (c != '"')
                    value.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    value.Append(text[i++]);
                else
                    quoted = false;
                continue;
            }

            if (c == '"' && value.Length == 0 && !wasQuoted)
            {
                quoted = wasQuoted = true;
            }
            else if (c == separator || c == '\n')
            {
                values.Add(wasQuoted ? value.ToString() : value.ToString().Trim());
                value.Clear();
                wasQuoted = false;
                if (c != '\n')
                    continue;
                if (values.Count > 1 || values[0].Length > 0)
                    yield return (start, values);
                values = [];
                start = line;
            }
            else if (c != '\r')
            {
                value.Append(c);
            }
        }
    }
}
