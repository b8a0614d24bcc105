using System.Globalization;
using System.Text;

namespace TdmPortal.Web.Datasets;

/// <summary>A cell's text cut into what is shown as it is and what is shown by a mark, because it would look like nothing or like something else.</summary>
public static class CellText
{
    /// <summary>A piece of a cell.</summary>
    /// <param name="Text">What to show.</param>
    /// <param name="Mark">Null for text as it is; for a mark, what it stands for in words.</param>
    public sealed record Part(string Text, string? Mark);

    /// <summary>Marks white space at the ends and where two stand together, controls, and characters without width.</summary>
    /// <param name="longest">Longer text is cut there, with an ellipsis.</param>
    public static IReadOnlyList<Part> Split(string value, int longest = int.MaxValue)
    {
        var cut = value.Length > longest;
        if (cut)
            value = value[..(char.IsHighSurrogate(value[longest - 1]) ? longest - 1 : longest)];
        var parts = new List<Part>(1);
        var plain = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (MarkOf(value, i) is not { } mark)
            {
                plain.Append(value[i]);
                continue;
            }

            Flush();
            parts.Add(mark);
        }

        if (cut)
            plain.Append('…');
        Flush();
        return parts;

        void Flush()
        {
            if (plain.Length == 0)
                return;
            parts.Add(new Part(plain.ToString(), null));
            plain.Clear();
        }
    }

    private static Part? MarkOf(string value, int i)
    {
        var c = value[i];
        switch (c)
        {
            case ' ':
                var alone = i > 0 && i < value.Length - 1 && value[i - 1] != ' ' && value[i + 1] != ' ';
                return alone ? null : new Part("·", "space");
            case '\t': return new Part("→", "tab");
            case '\n': return new Part("↵", "line feed");
            case '\r': return new Part("␍", "carriage return");
            case '\u00a0': return new Part("⍽", "no-break space");
            case '\u007f': return new Part("␡", "delete");
            case < ' ': return new Part(((char)(0x2400 + c)).ToString(), $"control character {Code(c)}");
        }

        // Joiners are part of many scripts and of emoji: only where nothing stands beside them to be joined.
        if (c is '\u200d' or '\u200c' && i > 0 && i < value.Length - 1)
            return null;
        return char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format => new Part(Code(c), "invisible character"),
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => new Part(Code(c), "unusual white space"),
            _ => null,
        };
    }

    private static string Code(char c) => "U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture);
}
