using TdmPortal.Core.Import;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Import;

/// <summary>A source that is being read: a database in one snapshot, or files. Disposing it ends the sessions.</summary>
/// <param name="rows">Its rows, again and again the same.</param>
/// <param name="document">What they are, as of now, with the kinds of personal data that the source's schema says.</param>
/// <param name="structure">Of a database.</param>
/// <param name="sessions">Disposed of with it.</param>
public sealed class OpenedSource(Guid sourceId, string name, RowSource rows, SchemaDocument document, DatabaseStructure? structure, params IReadOnlyList<IAsyncDisposable> sessions) : IAsyncDisposable
{
    public Guid SourceId { get; } = sourceId;
    public string Name { get; } = name;
    public RowSource Rows { get; } = rows;
    public SchemaDocument Document { get; } = document;
    public DatabaseStructure? Structure { get; } = structure;
    /// <summary>The schema that was imported from it; null: none yet.</summary>
    public Guid? SchemaId { get; init; }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in sessions)
            await session.DisposeAsync();
    }
}
