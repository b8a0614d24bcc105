using TdmPortal.Core.Errors;

namespace TdmPortal.Core.Quality.Files;

/// <summary>The rows of a file as they stand in it, one after another.</summary>
internal abstract class FileRecords : IDisposable
{
    /// <summary>Line at which the current row begins, from 1.</summary>
    public long Line { get; protected set; } = 1;

    /// <summary>Goes to the next row.</summary>
    public abstract bool Next();

    /// <summary>A cell of the current row, by its place among the names that were asked for; valid until the next row.</summary>
    public abstract CellKind Get(int column, out ReadOnlySpan<byte> text);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Rows in the format that a file's name ends with.</summary>
    /// <param name="names">What each wanted column may be called in the file.</param>
    public static FileRecords Of(string path, Stream stream, IReadOnlyList<IReadOnlyList<string>> names) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" or ".ndjson" or ".jsonl" => new JsonRecords(stream, path, names),
        ".xml" => new XmlRecords(stream, path, names),
        _ => new CsvRecords(stream, path, names),
    };

    protected static PortalException Broken(string path, long line, string why) => new("file.broken", $"{path}, line {line}: {why}.")
    {
        SuggestedActions = ["Correct the file there", "Check that its name ends with its format: csv, json, ndjson or xml"],
    };
}
