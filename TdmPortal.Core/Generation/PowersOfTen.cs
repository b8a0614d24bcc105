namespace TdmPortal.Core.Generation;

/// <summary>Powers of ten, for scaled decimals.</summary>
public static class PowersOfTen
{
    private static readonly long[] Longs = [.. Enumerable.Range(0, 19).Select(i => (long)Wide(i))];

    /// <summary>10 to the power of 0..18.</summary>
    public static long Long(int power) => Longs[power];

    /// <summary>10 to the power of 0..38.</summary>
    public static Int128 Wide(int power)
    {
        Int128 result = 1;
        for (var i = 0; i < power; i++)
            result *= 10;
        return result;
    }
}
