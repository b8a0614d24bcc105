namespace TdmPortal.Core.Quality.Profiling;

/// <summary>Finds out what is in an entity's columns.</summary>
public static class Profiler
{
    /// <summary>
    /// A pass that counts structure at level basic, and values, numbers and texts besides at the others. Its memory does not
    /// depend on the number of rows: up to some 200 KB a column and thread.
    /// </summary>
    public static ProfilePass PassOf(SourceEntity entity, QualityLevel level) => new(entity, level);
}
