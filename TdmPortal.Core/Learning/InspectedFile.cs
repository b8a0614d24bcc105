namespace TdmPortal.Core.Learning;

/// <summary>What a sample file has in it.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Dialect">How it is read: found, or as it was chosen.</param>
/// <param name="Entities">One, or one for each list of a JSON object.</param>
/// <param name="BadLines">How many lines are no rows.</param>
/// <param name="FirstBadLines">The first of them.</param>
public sealed record InspectedFile(string Name, FileDialect Dialect, IReadOnlyList<InspectedEntity> Entities, long BadLines, IReadOnlyList<BadLine> FirstBadLines)
{
    /// <summary>Whether rows stand in the lists of one JSON object.</summary>
    public bool HasSections { get; init; }
    /// <summary>Values of a line of CSV.</summary>
    public int Width { get; init; }
}
