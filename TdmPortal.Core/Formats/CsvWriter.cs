using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>RFC 4180 with LF line ends: null is the empty field, the empty string <c>""</c>, an array JSON text.</summary>
/// <param name="forSpreadsheets">Texts that would be formulas are made texts by an apostrophe (the advice of OWASP on CSV injection).</param>
internal sealed class CsvWriter(IReadOnlyList<ColumnDescription> columns, bool forSpreadsheets = false) : RowWriter(columns)
{
    private static readonly SearchValues<byte> Formula = SearchValues.Create("=+-@\t\r\n"u8);
    private static readonly SearchValues<byte> Special = SearchValues.Create("\",\r\n"u8);
    private readonly CsvCell[] cells = new CsvCell[columns.Count];
    private readonly TextColumn?[] scratch = new TextColumn?[columns.Count];
    private readonly ByteBuffer arrayText = new(256);

    public override void Begin(ByteBuffer to)
    {
        for (var c = 0; c < Columns.Length; c++)
        {
            if (c > 0)
                to.Append((byte)',');
            to.Append(Encoding.UTF8.GetBytes(Columns[c].Name));
        }

        to.Append((byte)'\n');
    }

    public override void Write(ByteBuffer to, ReadOnlySpan<Column> batch, int count, long position)
    {
        // Every column becomes texts, and what holds for all rows of a column is looked at once; room for all is made once,
        // cells that need quotes aside.
        var room = ShortCopy.Slack + 1;
        for (var c = 0; c < batch.Length; c++)
        {
            var texts = Texts(batch[c], c, count);
            cells[c] = new(batch[c], texts.Bytes, texts.Offsets, batch[c].HasNulls && batch[c] is TextColumn or ArrayColumn, IsSpecial(batch[c], count), texts.Length > count * ShortCopy.Width / 2, texts.LongestRow() <= ShortCopy.HalfWidth);
            room += texts.Length + count;
        }

        ref var start = ref to.Room(room);
        ref var at = ref start;
        for (var row = 0; row < count; row++)
        {
            for (var c = 0; c < cells.Length; c++)
            {
                ref var cell = ref cells[c];
                if (!cell.IsSpecial)
                {
                    ref var offset = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(cell.Offsets), row);
                    var from = offset;
                    var size = Unsafe.Add(ref offset, 1) - from;

                    // Which row is null, and which text is long, the processor would often guess wrong: both without a branch.
                    if (cell.HasNulls)
                        size &= cell.Column.NotNull(row);
                    ref var text = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(cell.Texts), from);
                    if (cell.IsShort)
                        ShortCopy.CopyHalf(ref text, ref at);
                    else if (cell.IsLong)
                        ShortCopy.CopyLong(ref text, ref at, size);
                    else
                        ShortCopy.Copy(ref text, ref at, size);
                    at = ref Unsafe.Add(ref at, size);
                }
                else if (!cell.Column.IsNull(row))
                {
                    to.Advance((int)Unsafe.ByteOffset(ref start, ref at));
                    WriteSpecial(to, cell.Column, row, Columns[c]);
                    start = ref to.Room(room);
                    at = ref start;
                }

                at = (byte)',';
                at = ref Unsafe.Add(ref at, 1);
            }

            Unsafe.Subtract(ref at, 1) = (byte)'\n';
        }

        to.Advance((int)Unsafe.ByteOffset(ref start, ref at));
    }

    private TextColumn Texts(Column column, int c, int count)
    {
        if (column is TextColumn own)
            return own;
        var texts = scratch[c] ??= new();
        if (column is ArrayColumn)
            texts.Reset(0);
        else
            ColumnText.Write(column, count, Columns[c].Type, Columns[c].Scale, texts);
        return texts;
    }

    private bool IsSpecial(Column column, int count) => column is ArrayColumn
        || (column is TextColumn text && (text.Bytes.AsSpan(0, text.Length).IndexOfAny(Special) >= 0 || text.HasEmpty() || (forSpreadsheets && HasFormula(text, count))));

    private static bool HasFormula(TextColumn texts, int count)
    {
        for (var row = 0; row < count; row++)
        {
            if (IsFormula(texts[row]))
                return true;
        }

        return false;
    }

    private static bool IsFormula(ReadOnlySpan<byte> text) => !text.IsEmpty && Formula.Contains(text[0]);

    private void WriteSpecial(ByteBuffer to, Column column, int row, ColumnDescription description)
    {
        if (column is TextColumn texts)
        {
            WriteText(to, texts[row]);
            return;
        }

        arrayText.Clear();
        WriteJsonArray(arrayText, (ArrayColumn)column, row, description);
        WriteText(to, arrayText.Written);
    }

    private void WriteText(ByteBuffer to, ReadOnlySpan<byte> text)
    {
        if (forSpreadsheets && IsFormula(text))
        {
            to.Append("\"'"u8);
            WriteQuoted(to, text);
            return;
        }

        if (!text.IsEmpty && text.IndexOfAny(Special) < 0)
        {
            to.Append(text);
            return;
        }

        to.Append((byte)'"');
        WriteQuoted(to, text);
    }

    /// <summary>A text behind its opening quote, and the closing one.</summary>
    private static void WriteQuoted(ByteBuffer to, ReadOnlySpan<byte> text)
    {
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            to.Append(text[..(quote + 1)]);
            to.Append((byte)'"');
            text = text[(quote + 1)..];
        }

        to.Append(text);
        to.Append((byte)'"');
    }

    /// <summary>A column of the batch under way; special is what has cells that cannot be written as they are.</summary>
    private readonly record struct CsvCell(Column Column, byte[] Texts, int[] Offsets, bool HasNulls, bool IsSpecial, bool IsLong, bool IsShort);
}
