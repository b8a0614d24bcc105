namespace TdmPortal.Core.Quality.Profiling;

/// <summary>What a pass found out about an entity.</summary>
public sealed class EntityProfile
{
    internal EntityProfile(string name, QualityLevel level, long rows, IReadOnlyList<ProfiledColumn> columns) => (Name, Level, Rows, Columns) = (name, level, rows, columns);

    /// <summary>The entity's name.</summary>
    public string Name { get; }

    /// <summary>How much was looked at.</summary>
    public QualityLevel Level { get; }

    /// <summary>All rows.</summary>
    public long Rows { get; }

    /// <summary>In field order.</summary>
    public IReadOnlyList<ProfiledColumn> Columns { get; }

    /// <summary>The column of that name; null where there is none.</summary>
    public ProfiledColumn? Column(string name) => Columns.FirstOrDefault(column => column.Profile.Name == name);
}
