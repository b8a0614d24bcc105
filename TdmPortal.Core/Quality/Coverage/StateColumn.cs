namespace TdmPortal.Core.Quality.Coverage;

/// <summary>
/// A column of states: a listed column named status, state, stage or phase (or ending in one of these) of an entity that has a
/// parent and a time. A transition is from one row's state to another in the next row of the same parent by time.
/// </summary>
/// <param name="States">Its place among the entity's listed columns.</param>
/// <param name="Parent">Places of the columns that refer to the parent.</param>
/// <param name="Time">Place of the first column of dates or timestamps.</param>
internal sealed record StateColumn(int States, IReadOnlyList<int> Parent, int Time)
{
    /// <summary>Each goes to each other one: more are too many to go through.</summary>
    public const int Most = 12;

    public static bool IsName(string name) => new[] { "status", "state", "stage", "phase" }.Any(word => name == word || name.EndsWith("_" + word, StringComparison.Ordinal));
}
