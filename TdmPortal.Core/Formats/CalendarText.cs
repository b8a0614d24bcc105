using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TdmPortal.Core.Formats;

/// <summary>
/// The texts of the days of two centuries and of the minutes of a day, made at the first use: looking one up costs less
/// than working out year, month and day again in every row, and few days of one column are ever touched.
/// </summary>
internal static class CalendarText
{
    /// <summary>1900-01-01 in days from 1970-01-01.</summary>
    private const int FirstDay = -25567;

    /// <summary>Up to 2099-12-31.</summary>
    private const int Days = 73049;

    /// <summary>Those of a day, and 24:00, which PostgreSQL knows.</summary>
    private const uint Minutes = 1441;

    // yyyy-MM-ddT in places of 16 bytes; HH:mm: in places of 8.
    private static readonly byte[] DayTexts = MakeDays();
    private static readonly byte[] MinuteTexts = MakeMinutes();

    /// <summary>Whether a day, from 1970-01-01, is among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Has(long day) => (ulong)(day - FirstDay) < Days;

    /// <summary>Writes <c>yyyy-MM-ddT</c> of a day that it has; 16 bytes of room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteDay(ref byte to, long day) =>
        Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<Vector128<byte>>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(DayTexts), (nint)((day - FirstDay) << 4))));

    /// <summary>Writes <c>HH:mm:ss</c>; 10 bytes of room.</summary>
    /// <param name="second">Second of the day, 24:00 included.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteTime(ref byte to, uint second)
    {
        var minute = second / 60;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(second, Minutes * 60);
        Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(MinuteTexts), (nint)(minute << 3))));
        var rest = second - (minute * 60);
        var tens = (rest * 205) >> 11;
        Unsafe.Add(ref to, 6) = (byte)('0' + tens);
        Unsafe.Add(ref to, 7) = (byte)('0' + rest - (tens * 10));
    }

    private static byte[] MakeDays()
    {
        var texts = new byte[Days << 4];
        for (var day = 0; day < Days; day++)
        {
            TextForm.CivilDate(ref texts[day << 4], day + FirstDay);
            texts[(day << 4) + 10] = (byte)'T';
        }

        return texts;
    }

    private static byte[] MakeMinutes()
    {
        var texts = new byte[Minutes << 3];
        for (var minute = 0; minute < Minutes; minute++)
        {
            // Eight digits of which the third, the sixth and what follows are written over.
            DigitText.Store(ref texts[minute << 3], DigitText.Characters((uint)((minute / 60 * 1_000_000) + (minute % 60 * 1000))));
            texts[(minute << 3) + 2] = (byte)':';
            texts[(minute << 3) + 5] = (byte)':';
        }

        return texts;
    }
}
