using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Cli;

/// <summary>Reads the schema document that a command works on.</summary>
internal static class SchemaFile
{
    /// <exception cref="SchemaInvalidException">It is no schema document.</exception>
    public static SchemaDocument Read(string path)
    {
        var (document, problems) = Load(path);
        return document is not null && problems.All(problem => problem.Severity == ProblemSeverity.Warning) ? document : throw new SchemaInvalidException(problems);
    }

    public static SchemaReadResult Load(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new PortalException("schema.no_file", $"There is no file {path}.");

        // Not even opened when it is far beyond what the reader takes.
        return file.Length > SchemaReader.MaxBytes
            ? new(null, [new("", "schema.too_large", $"{path} has {file.Length} bytes; a schema document has {SchemaReader.MaxBytes} at most")])
            : SchemaReader.Read(File.ReadAllBytes(path));
    }
}
