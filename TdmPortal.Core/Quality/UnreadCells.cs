namespace TdmPortal.Core.Quality;

/// <summary>Cells of one column that could not be read as its type and came as null.</summary>
/// <param name="Count">All of them.</param>
/// <param name="Rows">The first ones by row number, at most <see cref="MostRows"/>.</param>
public sealed record UnreadCells(long Count, IReadOnlyList<UnreadCell> Rows)
{
    /// <summary>How many are kept.</summary>
    public const int MostRows = 10_000;
}
