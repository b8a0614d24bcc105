using TdmPortal.Core.Import;
using TdmPortal.Core.Learning;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Postgres;

namespace TdmPortal.Cli;

/// <summary>What is masked: rows and the document that describes them.</summary>
internal sealed class MaskInputSource(RowSource rows, SchemaDocument document, IReadOnlyList<IAsyncDisposable> held) : IAsyncDisposable
{
    public RowSource Rows => rows;

    public SchemaDocument Document => document;

    public static async Task<MaskInputSource> OpenAsync(string[] given, string? schema, string? schemas, string[] endings, BadLinePolicy badLines, TextWriter error, CancellationToken cancellation)
    {
        var document = schema is null ? null : SchemaFile.Read(schema);
        if (given is not [var connection] || !DatabaseConnection.IsOne(connection))
            return OfFiles(given, document, endings, badLines, error, cancellation);
        var database = DatabaseConnection.Open("SOURCE", connection);
        try
        {
            document ??= StructureImport.Make(await ImportCommand.ReadAsync(database, schemas?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), null, cancellation), new("source")).Document;
            var rows = await SnapshotSource.OpenAsync(database, document, cancellation);
            return new(rows, document, [rows, database]);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in held)
            await one.DisposeAsync();
    }

    private static MaskInputSource OfFiles(string[] given, SchemaDocument? document, string[] endings, BadLinePolicy badLines, TextWriter error, CancellationToken cancellation)
    {
        var inspected = ImportCommand.Inspect(given, endings, badLines, error, cancellation);
        Stream Open(string name) => File.OpenRead(inspected.First(one => one.Value.Name == name).Key);
        if (document is null)
            return new(new SampleSource([.. inspected.Values], Open), SampleStructure.Of("source", [.. inspected.Values]), []);
        var entities = inspected.Values.SelectMany(file => file.Entities.Select(entity => (entity.Name, file, entity))).Where(one => document.Entities.Any(entity => entity.Name == one.Name)).ToList();
        return entities.Count > 0
            ? new(new SampleSource(document, entities, Open), document, [])
            : throw new UsageException($"no file is called like an entity of the schema, such as {document.Entities[0].Name}.csv");
    }
}
