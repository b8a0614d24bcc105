using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace TdmPortal.Web.Schemas.Preview;

/// <summary>A value as testers need to see it: null, empty, white space and control characters all look different.</summary>
public partial class PreviewText
{
    [Parameter] public string? Value { get; set; }

    private static bool NeedsMarks(string value)
    {
        if (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]))
            return true;
        for (var i = 0; i < value.Length; i++)
        {
            if (Mark(value[i]) is not null || (value[i] == ' ' && i > 0 && value[i - 1] == ' '))
                return true;
        }

        return false;
    }

    private static IEnumerable<(string Text, string? Mark)> Parts(string value)
    {
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var mark = Mark(value[i]);
            var edge = value[i] == ' ' && (i == 0 || i == value.Length - 1 || value[i - 1] == ' ' || value[i + 1] == ' ');
            if (mark is null && !edge)
                continue;
            if (i > start)
                yield return (value[start..i], null);
            yield return edge ? ("·", "space") : (Symbol(value[i]), mark);
            start = i + 1;
        }

        if (start < value.Length)
            yield return (value[start..], null);
    }

    private static string? Mark(char c) => c switch
    {
        '\n' => "line feed",
        '\r' => "carriage return",
        '\t' => "tab",
        '\u00a0' => "no-break space",
        '\u200b' or '\u200c' or '\u200d' or '\ufeff' => string.Create(CultureInfo.InvariantCulture, $"zero width, U+{(int)c:X4}"),
        '\u202a' or '\u202b' or '\u202d' or '\u202e' or '\u2066' or '\u2067' => string.Create(CultureInfo.InvariantCulture, $"direction mark, U+{(int)c:X4}"),
        _ when char.IsControl(c) => string.Create(CultureInfo.InvariantCulture, $"control, U+{(int)c:X4}"),
        _ => null,
    };

    private static string Symbol(char c) => c switch
    {
        < ' ' => ((char)('\u2400' + c)).ToString(),
        '\u007f' => "\u2421",
        _ => "\u25e6",
    };
}
