using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Forms;

/// <summary>Digits with a decimal sign and perhaps one that groups thousands; a currency sign is no number.</summary>
/// <param name="point">The decimal sign.</param>
/// <param name="group">Between thousands; 0: none.</param>
internal sealed class NumberForm(string? name, char point, char group) : CellForm(FieldType.Decimal, name)
{
    /// <summary>All that are looked for, the plain one first.</summary>
    public static IReadOnlyList<NumberForm> All { get; } = [new(null, '.', '\0'), new("1,234.56", '.', ','), new("1234,56", ',', '\0'), new("1.234,56", ',', '.'), new("1 234,56", ',', ' '), new("1'234.56", '.', '\'')];

    /// <summary>Whether the form has signs of its own beside the decimal point.</summary>
    public bool Groups => group != '\0';

    public override bool TryNormalise(ReadOnlySpan<byte> text, Span<byte> to, out int length) => TryNormalise(text, to, out length, out _);

    /// <summary>Also tells what the number is like.</summary>
    public bool TryNormalise(ReadOnlySpan<byte> text, Span<byte> to, out int length, out NumberShape shape)
    {
        (length, shape) = (0, default);
        if (text.Length is 0 or > Longest - 2)
            return false;
        var at = 0;
        if (text[0] is (byte)'-' or (byte)'+')
        {
            // A plus belongs to telephone numbers more often than to figures.
            if (text[0] == '+')
                return false;
            to[length++] = (byte)'-';
            at = 1;
        }

        var (whole, fraction, sinceGroup, groups, pointAt) = (0, 0, 0, 0, -1);
        var first = at;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (char.IsAsciiDigit((char)c))
            {
                to[length++] = c;
                if (pointAt >= 0)
                    fraction++;
                else
                    (whole, sinceGroup) = (whole + 1, sinceGroup + 1);
                continue;
            }

            if (c == point && pointAt < 0)
            {
                pointAt = at;
                to[length++] = (byte)'.';
                continue;
            }

            if (group != '\0' && c == group && pointAt < 0 && sinceGroup is > 0 and <= 3 && (groups == 0 || sinceGroup == 3))
            {
                (groups, sinceGroup) = (groups + 1, 0);
                continue;
            }

            if (c is (byte)'e' or (byte)'E' && whole > 0 && TryExponent(text[at..], to[length..], out var size))
            {
                length += size;
                shape = new(whole, fraction, Exponent: true, LeadingZero: false, Signs: pointAt >= 0 || groups > 0);
                return true;
            }

            return false;
        }

        if (whole == 0 || (pointAt >= 0 && fraction == 0) || (groups > 0 && sinceGroup != 3))
            return false;
        shape = new(whole, fraction, Exponent: false, LeadingZero: whole > 1 && text[first] == '0', Signs: (pointAt >= 0 && point != '.') || groups > 0);
        return true;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, Span<byte> to, out int size)
    {
        size = 0;
        var at = text.Length > 1 && text[1] is (byte)'-' or (byte)'+' ? 2 : 1;
        if (text.Length == at || text.Length > at + 3)
            return false;
        for (var i = at; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit((char)text[i]))
                return false;
        }

        text.CopyTo(to);
        size = text.Length;
        return true;
    }
}
