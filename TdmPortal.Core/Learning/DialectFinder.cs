using System.Text;
using TdmPortal.Core.Learning.Forms;
using TdmPortal.Core.Quality.Files;

namespace TdmPortal.Core.Learning;

/// <summary>Finds a file's dialect by its beginning: the one whose lines come out most alike.</summary>
internal static class DialectFinder
{
    private const int LookedAt = 256 * 1024;
    private const int RowsLookedAt = 200;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    public static FileDialect Find(string name, Func<Stream> open)
    {
        byte[] head;
        bool whole;
        using (var stream = open())
            (head, whole) = Head(stream);
        var dialect = EncodingOf(head);
        if (dialect.Encoding != "utf-8")
        {
            using var decoded = dialect.Decode(open());
            (head, whole) = Head(decoded);
        }

        if (head.AsSpan().StartsWith("\uFEFF"u8))
            head = head[3..];
        // A line that is cut says nothing.
        var text = head.AsSpan();
        if (!whole && text.LastIndexOfAny((byte)'\n', (byte)'\r') is > 0 and var last)
            text = text[..(last + 1)];
        var first = text.TrimStart(" \t\r\n"u8);
        var lineEnd = text.IndexOfAny((byte)'\n', (byte)'\r');
        dialect = dialect with { LineEnd = lineEnd < 0 || text[lineEnd] == '\n' ? "lf" : lineEnd + 1 < text.Length && text[lineEnd + 1] == '\n' ? "crlf" : "cr" };
        if (first is [(byte)'{', ..] || (first is [(byte)'[', ..] && first[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)']', ..]))
            return dialect with { Format = first[0] == '{' && HasSeveral(first, whole) ? FileFormat.Ndjson : FileFormat.Json };
        return Csv(dialect with { Format = FileFormat.Csv }, text.ToArray(), Path.GetExtension(name).Equals(".tsv", StringComparison.OrdinalIgnoreCase) ? ['\t'] : Delimiters);
    }

    private static (byte[] Head, bool Whole) Head(Stream stream)
    {
        var head = new byte[LookedAt];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return (head[..read], read < head.Length);
    }

    private static FileDialect EncodingOf(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8))
            return new() { ByteOrderMark = true };
        if (head is [0xFF, 0xFE, ..])
            return new() { Encoding = "utf-16le", ByteOrderMark = true };
        if (head is [0xFE, 0xFF, ..])
            return new() { Encoding = "utf-16be", ByteOrderMark = true };
        // Every second byte of Western text in UTF-16 is 0.
        var (even, odd) = (0, 0);
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] == 0 && (i & 1) == 0)
                even++;
            else if (head[i] == 0)
                odd++;
        }

        if (odd > head.Length * 2 / 5 && even < head.Length / 50)
            return new() { Encoding = "utf-16le" };
        if (even > head.Length * 2 / 5 && odd < head.Length / 50)
            return new() { Encoding = "utf-16be" };
        var (wrong, right) = Utf8Signs(head);
        return wrong == 0 || right > wrong ? new() : SingleByte(head);
    }

    /// <summary>Windows-1252 has letters and signs where ISO-8859-1 has control characters; without any they are the same.</summary>
    public static FileDialect SingleByte(ReadOnlySpan<byte> head) => new() { Encoding = head.IndexOfAnyInRange((byte)0x80, (byte)0x9F) >= 0 ? "windows-1252" : "iso-8859-1" };

    /// <summary>Bytes that are no UTF-8, and characters of several bytes that are.</summary>
    private static (int Wrong, int Right) Utf8Signs(ReadOnlySpan<byte> head)
    {
        var (wrong, right) = (0, 0);
        while (!head.IsEmpty)
        {
            var ascii = head.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0)
                break;
            head = head[ascii..];
            var status = Rune.DecodeFromUtf8(head, out _, out var size);
            if (status == System.Buffers.OperationStatus.Done)
                right++;
            else if (status == System.Buffers.OperationStatus.InvalidData)
                wrong++;
            head = head[size..];
        }

        return (wrong, right);
    }

    /// <summary>Whether another object begins behind the first.</summary>
    private static bool HasSeveral(ReadOnlySpan<byte> text, bool whole)
    {
        var depth = 0;
        var inText = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\' when inText:
                    i++;
                    break;
                case (byte)'"':
                    inText = !inText;
                    break;
                case (byte)'{' or (byte)'[' when !inText:
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when !inText && --depth == 0:
                    return !text[(i + 1)..].Trim(" \t\r\n"u8).IsEmpty || !whole;
            }
        }

        return false;
    }

    private static FileDialect Csv(FileDialect dialect, byte[] text, char[] delimiters)
    {
        var best = dialect;
        var bestScore = double.MinValue;
        foreach (var delimiter in delimiters)
        {
            foreach (var (quote, escape) in new (char?, char?)[] { ('"', null), ('"', '\\'), ('\'', null) })
            {
                var tried = dialect with { Delimiter = delimiter, Quote = quote, Escape = escape };
                var score = Score(tried, text);
                if (score > bestScore + 1e-9)
                    (best, bestScore) = (tried, score);
            }
        }

        return best with { Header = HasHeader(best, text) };
    }

    /// <summary>Lines of one width are good, more columns a little better, values in quotes too; what cannot be split is bad.</summary>
    private static double Score(FileDialect dialect, byte[] text)
    {
        var bad = 0;
        var (rows, quoted, cells) = (0, 0, 0);
        var widths = new Dictionary<int, int>();
        using var records = new CsvRecords(new MemoryStream(text), "", dialect with { Header = false }, null, null, (line, _) =>
        {
            // Lines of another width are told by their width alone.
            if (line.Reason.StartsWith("it has", StringComparison.Ordinal))
                widths[-1] = widths.GetValueOrDefault(-1) + 1;
            else
                bad++;
        });
        for (; rows < RowsLookedAt && records.Next(); rows++)
        {
            widths[records.Count] = widths.GetValueOrDefault(records.Count) + 1;
            for (var i = 0; i < records.Count; i++)
            {
                cells++;
                quoted += records.IsQuoted(i) ? 1 : 0;
            }
        }

        if (rows == 0)
            return -1;
        var width = records.Width;
        var same = (double)rows / (rows + widths.GetValueOrDefault(-1) + (3 * bad));
        return (width <= 1 ? 0.01 : same * (1 + (0.02 * Math.Min(width, 20)))) + (0.2 * quoted / cells * (width > 1 || dialect.Quote == '"' ? 1 : 0)) - (width <= 1 ? 0.1 * bad : 0);
    }

    /// <summary>Whether the first line has names: texts, all different and none of them a value that the lines below have.</summary>
    private static bool HasHeader(FileDialect dialect, byte[] text)
    {
        using var records = new CsvRecords(new MemoryStream(text), "", dialect with { Header = false }, null, null, (_, _) => { });
        if (!records.Next())
            return true;
        var names = Enumerable.Range(0, records.Count).Select(place => Text(records, place).Trim()).ToList();
        if (names.Exists(name => IsValue(name)) || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Count(name => name.Length > 0) || names.TrueForAll(name => name.Length == 0))
            return false;
        var typed = new bool[names.Count];
        Array.Fill(typed, true);
        var (again, rows) = (0, 0);
        for (; rows < RowsLookedAt && records.Next(); rows++)
        {
            for (var i = 0; i < names.Count; i++)
            {
                var value = Text(records, i);
                typed[i] &= value.Length == 0 || IsValue(value);
                again += value.Length > 0 && value == names[i] ? 1 : 0;
            }
        }

        return rows == 0 || typed.Contains(true) || again == 0;
    }

    private static string Text(CsvRecords records, int place)
    {
        records.Get(place, out var text);
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>What no column is called: a number, a date, an address.</summary>
    private static bool IsValue(string text)
    {
        if (text.Length == 0)
            return false;
        Span<byte> scratch = stackalloc byte[CellForm.Longest];
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var form in NumberForm.All.AsEnumerable<CellForm>().Concat(DateForm.Dates).Concat(DateForm.Timestamps))
        {
            if (form.TryNormalise(bytes, scratch, out _))
                return true;
        }

        return text.Contains('@', StringComparison.Ordinal) || Guid.TryParse(text, out _);
    }
}
