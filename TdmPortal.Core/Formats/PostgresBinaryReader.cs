using System.Buffers;
using System.Buffers.Binary;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Formats;

/// <summary>Reads PostgreSQL's binary COPY into column batches. Not for several threads at once.</summary>
public sealed class PostgresBinaryReader : IDisposable
{
    private readonly Stream source;
    private readonly ColumnDescription[] columns;
    private readonly PostgresForm[] forms;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int start;
    private int end;
    private bool opened;

    /// <param name="source">What <c>COPY (SELECT …) TO STDOUT (FORMAT binary)</c> gives; stays open.</param>
    /// <param name="columns">Those that it selects, in that order.</param>
    public PostgresBinaryReader(Stream source, IReadOnlyList<ColumnDescription> columns)
    {
        this.source = source;
        this.columns = [.. columns];
        forms = [.. columns.Select(column => PostgresType.Of(column).Form)];
        Batch = [.. columns.Select(column => Column.For(column.Type, column.Precision, column.IsArray))];
    }

    /// <summary>One for each column; refilled by each <see cref="Read"/>.</summary>
    public Column[] Batch { get; }

    /// <summary>Reads up to <paramref name="most"/> rows; 0 at the end.</summary>
    /// <exception cref="PortalException">dataset.unreadable</exception>
    public int Read(int most)
    {
        if (!opened)
        {
            if (!Take(11).SequenceEqual(PostgresBinaryWriter.Signature))
                throw Broken("it does not begin as one");
            Take(4);
            Take(BinaryPrimitives.ReadInt32BigEndian(Take(4)));
            opened = true;
        }

        foreach (var column in Batch)
        {
            column.Reset(most);
            (column as ArrayColumn)?.Elements.Reset(0);
        }

        var count = 0;
        for (; count < most; count++)
        {
            var fields = BinaryPrimitives.ReadInt16BigEndian(Take(2));
            if (fields == -1)
            {
                opened = false;
                break;
            }

            if (fields != columns.Length)
                throw Broken($"a row has {fields} columns, not {columns.Length}");
            for (var c = 0; c < columns.Length; c++)
                ReadCell(Batch[c], count, c);
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var column in Batch)
            column.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void ReadCell(Column column, int row, int c)
    {
        var size = BinaryPrimitives.ReadInt32BigEndian(Take(4));
        if (size < 0)
        {
            if (column is TextColumn text)
                text.AddNull();
            else
                column.SetNull(row);
            if (column is ArrayColumn empty)
                empty.Offsets[row + 1] = empty.Offsets[row];
        }
        else if (column is ArrayColumn array)
        {
            ReadArray(array, row, c, Take(size));
        }
        else
        {
            ReadValue(column, row, c, Take(size));
        }
    }

    private void ReadArray(ArrayColumn array, int row, int c, ReadOnlySpan<byte> bytes)
    {
        var first = array.Offsets[row];
        var count = BinaryPrimitives.ReadInt32BigEndian(bytes) == 0 ? 0 : BinaryPrimitives.ReadInt32BigEndian(bytes[12..]);
        array.Offsets[row + 1] = first + count;
        array.Elements.Extend(first + count);
        bytes = count == 0 ? [] : bytes[20..];
        for (var i = 0; i < count; i++)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(bytes);
            if (size < 0)
                throw Broken("an array has a null in it");
            ReadValue(array.Elements, first + i, c, bytes.Slice(4, size));
            bytes = bytes[(4 + size)..];
        }
    }

    private void ReadValue(Column column, int row, int c, ReadOnlySpan<byte> bytes)
    {
        switch (column)
        {
            case TextColumn text:
                text.Add(forms[c] == PostgresForm.Jsonb ? bytes[1..] : bytes);
                break;
            case DoubleColumn doubles:
                doubles.Values[row] = forms[c] == PostgresForm.Float32 ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes);
                break;
            case WideColumn wide:
                wide.Values[row] = forms[c] == PostgresForm.Uuid ? BinaryPrimitives.ReadInt128BigEndian(bytes) : PostgresNumeric.Read(bytes, columns[c].Scale);
                break;
            default:
                ((LongColumn)column).Values[row] = forms[c] switch
                {
                    PostgresForm.Boolean => bytes[0],
                    PostgresForm.Int16 => BinaryPrimitives.ReadInt16BigEndian(bytes),
                    PostgresForm.Int32 => BinaryPrimitives.ReadInt32BigEndian(bytes),
                    PostgresForm.Date => BinaryPrimitives.ReadInt32BigEndian(bytes) + PostgresBinaryWriter.EpochDays,
                    PostgresForm.Timestamp => BinaryPrimitives.ReadInt64BigEndian(bytes) + (PostgresBinaryWriter.EpochDays * TimeText.Day),
                    PostgresForm.Numeric => (long)PostgresNumeric.Read(bytes, columns[c].Type == FieldType.Decimal ? columns[c].Scale : 0),
                    _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
                };
                break;
        }
    }

    private ReadOnlySpan<byte> Take(int size)
    {
        if (end - start < size)
            Fill(size);
        start += size;
        return buffer.AsSpan(start - size, size);
    }

    private void Fill(int size)
    {
        var kept = end - start;
        if (buffer.Length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(size);
            buffer.AsSpan(start, kept).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(start, kept).CopyTo(buffer);
        }

        (start, end) = (0, kept);
        while (end < size)
        {
            var read = source.Read(buffer.AsSpan(end));
            if (read == 0)
                throw Broken("it ends too early");
            end += read;
        }
    }

    private static PortalException Broken(string why) => new("dataset.unreadable", $"The rows that came from the database are no binary COPY: {why}.");
}
