using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Demo;

/// <summary>The schema documents that come with the program, folder <c>samples</c>.</summary>
public sealed class SampleFiles
{
    private const string Ending = ".schema.json";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "samples");

    public async Task<IReadOnlyList<SchemaDocument>> ReadAllAsync(CancellationToken cancellation)
    {
        var documents = new List<SchemaDocument>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*" + Ending).Order(StringComparer.Ordinal))
            documents.Add(await ReadAsync(Path.GetFileName(file)[..^Ending.Length], cancellation));
        return documents;
    }

    /// <summary>One of them, by its file's name without the ending.</summary>
    /// <exception cref="SchemaInvalidException">The file was changed and cannot be read any more.</exception>
    public async Task<SchemaDocument> ReadAsync(string name, CancellationToken cancellation)
    {
        var read = SchemaReader.Read(await File.ReadAllBytesAsync(Path.Combine(Folder, name + Ending), cancellation));
        return read.Document ?? throw new SchemaInvalidException(read.Problems);
    }
}
