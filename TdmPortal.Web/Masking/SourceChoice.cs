using TdmPortal.Core.Teams;
using TdmPortal.Data.Import;

namespace TdmPortal.Web.Masking;

/// <summary>The team's sources, for lists to choose from.</summary>
public static class SourceChoice
{
    private const int Most = 200;

    public static async Task<IReadOnlyList<SourceSummary>> AllAsync(SourceStore store, Actor actor) => (await store.ListAsync(actor, null, null, Most, CancellationToken.None)).Items;

    public static async Task<Dictionary<Guid, string>> NamesAsync(SourceStore store, Actor actor) =>
        (await store.ListAsync(actor, null, null, Most, CancellationToken.None)).Items.ToDictionary(source => source.Id, source => source.Name);
}
