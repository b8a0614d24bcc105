namespace TdmPortal.Data.Retention;

/// <summary>Where archives lie. An archive is a set of named files that appears as a whole or not at all.</summary>
public interface IArchiveFiles
{
    /// <summary>Begins an archive anew: what an earlier try left is removed.</summary>
    Task BeginAsync(Guid archive, CancellationToken cancellation);

    /// <summary>Writes a file of an archive that was begun.</summary>
    Task WriteAsync(Guid archive, string name, Func<Stream, Task> write, CancellationToken cancellation);

    /// <summary>Makes an archive that was begun complete, and durable.</summary>
    Task CompleteAsync(Guid archive, CancellationToken cancellation);

    /// <summary>Reads a file of a complete archive.</summary>
    /// <exception cref="FileNotFoundException"/>
    Task<Stream> OpenAsync(Guid archive, string name, CancellationToken cancellation);

    /// <summary>Removes an archive, complete or not; nothing happens when there is none.</summary>
    Task DeleteAsync(Guid archive, CancellationToken cancellation);

    /// <summary>All archives, complete or not, with their size and when they were last written to.</summary>
    Task<IReadOnlyList<(Guid Archive, long Bytes, DateTimeOffset WrittenAt)>> ListAsync(CancellationToken cancellation);
}
