namespace TdmPortal.Core.PersonalData;

/// <summary>What may be shown of a value that nobody is to see.</summary>
public static class Redacted
{
    /// <summary>Longest shape; what follows is cut.</summary>
    private const int Longest = 60;

    /// <summary>Its shape: small letters x, other letters X, digits 9, marks and blanks as they are.</summary>
    public static string Shape(string value)
    {
        var cut = value.Length > Longest;
        return string.Create(Math.Min(value.Length, Longest) + (cut ? 1 : 0), (value, cut), static (shape, of) =>
        {
            for (var i = 0; i < shape.Length; i++)
                shape[i] = i == Longest && of.cut ? '…' : of.value[i] is var c && char.IsDigit(c) ? '9' : char.IsLower(c) ? 'x' : char.IsLetter(c) || char.IsSurrogate(c) ? 'X' : c;
        });
    }

    /// <summary>The shape of UTF-8.</summary>
    public static string Shape(ReadOnlySpan<byte> value) => Shape(System.Text.Encoding.UTF8.GetString(value[..Math.Min(value.Length, 4 * (Longest + 1))]));
}
