namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Hexadecimal digits as bytes of ASCII.</summary>
internal static class HexDigits
{
    /// <summary>What a digit is worth; -1: it is none.</summary>
    public static int Value(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    /// <summary>The digit of a worth.</summary>
    public static byte Of(int value, bool small) => (byte)(value < 10 ? '0' + value : (small ? 'a' : 'A') + value - 10);
}
