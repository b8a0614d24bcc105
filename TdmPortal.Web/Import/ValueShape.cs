using System.Text;

namespace TdmPortal.Web.Import;

/// <summary>What a value looks like without what it says: letters are <c>a</c> or <c>A</c>, digits <c>9</c>, runs of them one, long texts are cut.</summary>
public static class ValueShape
{
    private const int Longest = 24;

    public static string Of(string value)
    {
        var shape = new StringBuilder();
        var last = '\0';
        foreach (var rune in value.EnumerateRunes())
        {
            var sign = Rune.IsDigit(rune) ? '9' : Rune.IsUpper(rune) ? 'A' : Rune.IsLetter(rune) ? 'a' : Rune.IsWhiteSpace(rune) ? ' ' : rune.Value is > 32 and < 127 ? (char)rune.Value : '·';
            if (sign == last && (sign is 'a' or 'A' or '9' or ' '))
                continue;
            if (shape.Length == Longest)
                return shape.Append('…').ToString();
            shape.Append(sign);
            last = sign;
        }

        return shape.Length == 0 ? "empty" : shape.ToString();
    }
}
