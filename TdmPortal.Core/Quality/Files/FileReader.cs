using System.Text;
using System.Text.Json;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Files;

/// <summary>Rows of a file, typed; what cannot be read becomes null and is noted.</summary>
/// <param name="finished">Told at the end of the file what could not be read, by place among the columns.</param>
/// <param name="spellings">How each column's values are spelled; null: as the product writes them.</param>
internal sealed class FileReader(FileRecords records, IReadOnlyList<ColumnDescription> columns, long rows, Action<IReadOnlyList<UnreadCells>> finished, IReadOnlyList<CellSpelling>? spellings = null) : RowReader
{
    private const int LongestText = 60;

    private readonly Column[] batch = [.. columns.Select(column => Column.For(column.Type, column.Precision, column.IsArray))];
    private readonly byte[] normal = new byte[Learning.Forms.CellForm.Longest];
    private readonly List<UnreadCell>[] unread = [.. columns.Select(_ => new List<UnreadCell>())];
    private readonly long[] unreadCounts = new long[columns.Count];
    private long row;
    private bool ended;

    public override IReadOnlyList<Column> Batch => batch;

    public override int Read(int most)
    {
        foreach (var column in batch)
        {
            column.Reset(most);
            (column as ArrayColumn)?.Elements.Reset(0);
        }

        var count = 0;
        for (; count < most && row < rows && !ended; count++, row++)
        {
            if (!records.Next())
            {
                ended = true;
                finished([.. unread.Select((cells, c) => new UnreadCells(unreadCounts[c], cells))]);
                break;
            }

            for (var c = 0; c < batch.Length; c++)
            {
                var kind = records.Get(c, out var text);
                if (spellings is not null && kind is CellKind.Plain or CellKind.Text)
                    kind = spellings[c].Read(kind, ref text, normal);
                if (kind != CellKind.Null && TrySet(batch[c], count, columns[c], kind, text))
                    continue;
                if (kind != CellKind.Null)
                    Note(c, text);
                SetNull(batch[c], count);
            }
        }

        return count;
    }

    public override void Dispose()
    {
        records.Dispose();
        foreach (var column in batch)
            column.Dispose();
    }

    private void Note(int column, ReadOnlySpan<byte> text)
    {
        if (unreadCounts[column]++ >= UnreadCells.MostRows)
            return;
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestText * 4)]);
        unread[column].Add(new(row, $"line {records.Line}", shown.Length > LongestText ? shown[..LongestText] + "…" : shown));
    }

    private static void SetNull(Column column, int row)
    {
        if (column is TextColumn text)
        {
            text.AddNull();
            return;
        }

        column.SetNull(row);
        if (column is ArrayColumn array)
            array.Offsets[row + 1] = array.Offsets[row];
    }

    private static bool TrySet(Column column, int row, ColumnDescription description, CellKind kind, ReadOnlySpan<byte> text)
    {
        if (kind == CellKind.Broken || !System.Text.Unicode.Utf8.IsValid(text))
            return false;
        if (column is ArrayColumn array)
            return kind is CellKind.Plain or CellKind.Composite && TrySetArray(array, row, description, text.IsEmpty ? "[]"u8 : text);
        var type = description.Type;
        if (type == FieldType.Json)
        {
            var quoted = kind == CellKind.Text;
            if (!quoted && !IsJson(text))
                return false;
            if (quoted)
                text = Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text)}\"");
            ((TextColumn)column).Add(text);
            return true;
        }

        var fits = kind == CellKind.Plain || type switch
        {
            FieldType.Integer or FieldType.Decimal or FieldType.Double => kind == CellKind.Number,
            FieldType.Boolean => kind == CellKind.Boolean,
            _ => kind == CellKind.Text,
        };
        if (!fits)
            return false;
        if (column is not TextColumn texts)
            return TypedText.TrySet(column, row, text, type, description.Precision, description.Scale);
        texts.Add(text);
        return true;
    }

    /// <summary>A list as JSON text; looked at whole before the first element is set.</summary>
    private static bool TrySetArray(ArrayColumn array, int row, ColumnDescription description, ReadOnlySpan<byte> text)
    {
        var elements = new List<byte[]>();
        try
        {
            var reader = new Utf8JsonReader(text);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return false;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var isText = reader.TokenType == JsonTokenType.String;
                if (reader.TokenType is JsonTokenType.Null or JsonTokenType.StartArray or JsonTokenType.StartObject)
                    return false;
                var element = isText ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan.ToArray();
                if (!TypedText.CanRead(element, description.Type, description.Precision, description.Scale))
                    return false;
                elements.Add(element);
            }

            if (reader.Read())
                return false;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return false;
        }

        var first = array.Offsets[row];
        array.Offsets[row + 1] = first + elements.Count;
        array.Elements.Extend(first + elements.Count);
        for (var i = 0; i < elements.Count; i++)
        {
            if (array.Elements is TextColumn texts)
                texts.Add(elements[i]);
            else
                TypedText.TrySet(array.Elements, first + i, elements[i], description.Type, description.Precision, description.Scale);
        }

        return true;
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
