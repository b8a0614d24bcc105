using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>Finds which of several literal values a field that is read holds, without making a text of it.</summary>
internal sealed class ValueIndex
{
    private readonly Dictionary<Int128, int> numbers = [];
    private readonly Dictionary<ulong, int> hashes = [];
    private readonly TextColumn? texts;

    private ValueIndex(Column values)
    {
        texts = values as TextColumn;
        for (var i = 0; i < values.Count; i++)
        {
            if (texts is not null)
                hashes.TryAdd(Hash(texts[i]), i);
            else
                numbers.TryAdd(Number(values, i), i);
        }
    }

    /// <summary>Null, with a problem reported, when a key is no value of the field's type.</summary>
    public static ValueIndex? Create(SourceContext context, FieldReference reference, IReadOnlyList<string> keys, string argument)
    {
        var values = Literals.ToColumn(keys, reference.Type, reference.IsWide ? 38 : 18, reference.Scale, context.AsOf, out var bad);
        return values is null ? context.Refuse<ValueIndex?>(argument, $"\"{bad}\" is not a value of type {reference.Type.ToString().ToLowerInvariant()}", null) : new(values);
    }

    /// <summary>Place of the value among the keys, -1 for a null or another value.</summary>
    public int Find(Column column, int row)
    {
        if (column.IsNull(row))
            return -1;
        if (texts is null)
            return numbers.TryGetValue(Number(column, row), out var at) ? at : -1;
        var text = ((TextColumn)column)[row];
        return hashes.TryGetValue(Hash(text), out var found) && texts[found].SequenceEqual(text) ? found : -1;
    }

    private static Int128 Number(Column column, int row) => column switch
    {
        LongColumn longs => longs.Values[row],
        WideColumn wide => wide.Values[row],
        DoubleColumn doubles => BitConverter.DoubleToInt64Bits(doubles.Values[row]),
        _ => throw new NotSupportedException("an array cannot decide a choice"),
    };

    // FNV-1a, 64 bits.
    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037;
        foreach (var b in text)
            hash = (hash ^ b) * 1099511628211;
        return hash;
    }
}
