using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.PersonalData.Searching;

/// <summary>
/// Different values of a column: those with the smallest hashes, so that the same ones are drawn every time, as often as they
/// differ and not as often as they occur.
/// </summary>
internal sealed class ColumnSample(ColumnDescription column)
{
    /// <summary>Different values that are looked at.</summary>
    public const int Most = 2048;

    /// <summary>Bytes of a value that are looked at.</summary>
    private const int LongestValue = 8192;

    private readonly Dictionary<ulong, byte[]> values = [];
    private readonly PriorityQueue<ulong, ulong> largest = new(Comparer<ulong>.Create(static (one, other) => other.CompareTo(one)));

    public ColumnDescription Column => column;

    /// <summary>In an order of their own, which does not depend on the rows'.</summary>
    public IEnumerable<byte[]> Values => values.OrderBy(value => value.Key).Select(value => value.Value);

    public int Count => values.Count;

    public void Add(Column batch, int count)
    {
        switch (batch)
        {
            case TextColumn texts:
                for (var row = 0; row < count; row++)
                {
                    if (!texts.IsNull(row))
                        Add(texts[row]);
                }

                break;
            case LongColumn longs when column.Type == Schemas.FieldType.Integer:
                Span<byte> digits = stackalloc byte[24];
                for (var row = 0; row < count; row++)
                {
                    if (!longs.IsNull(row) && longs.Values[row] >= 1_000_000 && longs.Values[row].TryFormat(digits, out var size, provider: CultureInfo.InvariantCulture))
                        Add(digits[..size]);
                }

                break;
            case ArrayColumn arrays when arrays.Elements is TextColumn elements:
                Add(elements, arrays.Offsets[count]);
                break;
        }
    }

    private void Add(ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestValue)
            value = value[..LongestValue];
        if (value.Trim(" \t\r\n"u8).IsEmpty)
            return;
        var hash = ValueHash.Of(value);
        if (values.Count == Most && hash >= largest.Peek())
            return;
        if (!values.TryAdd(hash, []))
            return;
        values[hash] = value.ToArray();
        largest.Enqueue(hash, hash);
        if (values.Count > Most)
            values.Remove(largest.Dequeue());
    }
}
