using System.Collections.Concurrent;
using TdmPortal.Core.PersonalData;
using TdmPortal.Data.Import;

namespace TdmPortal.Data.Masking;

/// <summary>What is personal in a source. Looked for once and kept for some minutes, since an editor asks again with each change; evidence is redacted, so no original is kept.</summary>
public sealed class SourceFindings(TimeProvider time)
{
    private static readonly TimeSpan Keeps = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<Guid, Kept> known = [];

    /// <summary>What was said of the fields in the schema counts in place of what is found.</summary>
    internal async Task<IReadOnlyList<PersonalFinding>> OfAsync(OpenedSource source, CancellationToken cancellation)
    {
        var columns = string.Join('\n', source.Rows.Entities.SelectMany(entity => entity.Columns.Select(column => $"{entity.Name}.{column.Name} {column.Type}")));
        var now = time.GetUtcNow();
        if (known.TryGetValue(source.SourceId, out var kept) && kept.Until > now && kept.Columns == columns)
            return kept.Findings;
        foreach (var (id, old) in known)
        {
            if (old.Until <= now)
                known.TryRemove(id, out _);
        }

        var found = await Task.Run(() => PersonalDataSearch.Find(source.Rows, source.Document, cancellation: cancellation), cancellation);
        known[source.SourceId] = new(columns, found, now + Keeps);
        return found;
    }

    private sealed record Kept(string Columns, IReadOnlyList<PersonalFinding> Findings, DateTimeOffset Until);
}
