using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>A condition in each row of an entity: true, false or unknown, in two bits a row.</summary>
internal sealed class ConditionBits
{
    private ulong[] isTrue = [];
    private ulong[] isNull = [];

    /// <summary>Sets a row from a condition's column.</summary>
    public void Set(long row, LongColumn condition, int place)
    {
        var word = checked((int)(row >> 6));
        if (word >= isTrue.Length)
        {
            var size = Math.Max(1024, Math.Max(word + 1, isTrue.Length * 2));
            Array.Resize(ref isTrue, size);
            Array.Resize(ref isNull, size);
        }

        if (condition.IsNull(place))
            isNull[word] |= 1UL << (int)row;
        else if (condition.Values[place] != 0)
            isTrue[word] |= 1UL << (int)row;
    }

    /// <summary>Fills a column with the rows from <paramref name="firstRow"/> on.</summary>
    public void CopyTo(LongColumn target, long firstRow)
    {
        for (var i = 0; i < target.Count; i++)
        {
            var (word, bit) = ((int)((firstRow + i) >> 6), 1UL << (int)(firstRow + i));
            target.Values[i] = word < isTrue.Length && (isTrue[word] & bit) != 0 ? 1 : 0;
            if (word < isNull.Length && (isNull[word] & bit) != 0)
                target.SetNull(i);
        }
    }
}
