using System.Text;

namespace TdmPortal.Core.Learning;

/// <summary>How a file is to be read; what is not said about CSV means nothing for JSON.</summary>
public sealed record FileDialect
{
    /// <summary>Names of encodings that files are read in.</summary>
    public static IReadOnlyList<string> Encodings { get; } = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1"];

    /// <summary>Spellings of "no value" that are looked for; each column says which ones it has.</summary>
    public static IReadOnlyList<string> KnownNulls { get; } = ["", "NULL", "null", @"\N", "NA", "N/A", "n/a", "#N/A", "-", "None", "nil"];

    /// <summary>The format.</summary>
    public FileFormat Format { get; init; }
    /// <summary>One of <see cref="Encodings"/>.</summary>
    public string Encoding { get; init; } = "utf-8";
    /// <summary>Between two values: an ASCII character.</summary>
    public char Delimiter { get; init; } = ',';
    /// <summary>Around a value that holds delimiters or line ends; null: no such character.</summary>
    public char? Quote { get; init; } = '"';
    /// <summary>Before a quote inside of quotes; null: the quote is doubled.</summary>
    public char? Escape { get; init; }
    /// <summary>Whether the first line has the columns' names.</summary>
    public bool Header { get; init; } = true;
    /// <summary>How lines end, for people: <c>lf</c>, <c>crlf</c> or <c>cr</c>; all of them are read in any file.</summary>
    public string LineEnd { get; init; } = "lf";
    /// <summary>Whether the file begins with a byte order mark, for people.</summary>
    public bool ByteOrderMark { get; init; }
    /// <summary>Spellings of "no value" that count; a subset of <see cref="KnownNulls"/> or others.</summary>
    public IReadOnlyList<string> Nulls { get; init; } = KnownNulls;

    /// <summary>The stream's characters as UTF-8, whatever they were; it is disposed of with what is returned.</summary>
    internal Stream Decode(Stream stream) => Encoding switch
    {
        "utf-16le" => System.Text.Encoding.CreateTranscodingStream(stream, System.Text.Encoding.Unicode, System.Text.Encoding.UTF8),
        "utf-16be" => System.Text.Encoding.CreateTranscodingStream(stream, System.Text.Encoding.BigEndianUnicode, System.Text.Encoding.UTF8),
        "windows-1252" => System.Text.Encoding.CreateTranscodingStream(stream, CodePagesEncodingProvider.Instance.GetEncoding(1252)!, System.Text.Encoding.UTF8),
        "iso-8859-1" => System.Text.Encoding.CreateTranscodingStream(stream, System.Text.Encoding.Latin1, System.Text.Encoding.UTF8),
        _ => stream,
    };
}
