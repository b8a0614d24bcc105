namespace TdmPortal.Core.Learning;

/// <summary>Rows of a sample file that belong together.</summary>
/// <param name="Name">Legal in a schema document.</param>
/// <param name="Original">The file's name without its ending, or the list's name in a JSON object.</param>
/// <param name="Columns">In the file's order.</param>
/// <param name="Rows">Good ones.</param>
public sealed record InspectedEntity(string Name, string Original, IReadOnlyList<InspectedColumn> Columns, long Rows)
{
    /// <summary>The first rows as text, by columns: originals, to be shown to who brought the file and kept nowhere.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> FirstRows { get; init; } = [];
}
