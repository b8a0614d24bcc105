using System.Text;

namespace TdmPortal.Core.PersonalData.Searching;

/// <summary>The form of a value without the value: letters become x, digits 9.</summary>
internal static class Redaction
{
    private const int Longest = 40;

    /// <summary>Of a whole value: "xxxx.xxxxxx@xxxx.xx".</summary>
    public static string Of(ReadOnlySpan<byte> value)
    {
        var form = new StringBuilder();
        foreach (var rune in Encoding.UTF8.GetString(value[..Math.Min(value.Length, 4 * Longest)]).EnumerateRunes())
        {
            if (form.Length == Longest)
                return form.Append('…').ToString();
            form.Append(Rune.IsDigit(rune) ? '9' : Rune.IsUpper(rune) ? 'X' : Rune.IsLetter(rune) || !rune.IsAscii ? 'x' : Rune.IsControl(rune) ? ' ' : (char)rune.Value);
        }

        return form.ToString();
    }
}
