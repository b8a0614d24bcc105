namespace TdmPortal.Core.Quality.Profiling;

/// <summary>A column of an <see cref="EntityProfile"/>, with what comparisons need beyond the figures.</summary>
public sealed class ProfiledColumn
{
    internal ProfiledColumn(ColumnProfile profile, Distribution? distribution, ValueTable values) => (Profile, Distribution, Values) = (profile, distribution, values);

    /// <summary>The figures.</summary>
    public ColumnProfile Profile { get; }

    /// <summary>How its numbers, dates or times are spread; null for other types and at level basic.</summary>
    public Distribution? Distribution { get; }

    /// <summary>Its values, as far as they are kept.</summary>
    internal ValueTable Values { get; }

    /// <summary>Rows with a value.</summary>
    public long Filled => Profile.Rows - Profile.Nulls;
}
