using TdmPortal.Core.Quality.Fidelity;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>What a pass found out about an entity.</summary>
public sealed class EntityProfile
{
    internal EntityProfile(string name, QualityLevel level, long rows, IReadOnlyList<ProfiledColumn> columns, RowSample? sample) => (Name, Level, Rows, Columns, Sample) = (name, level, rows, columns, sample);

    /// <summary>The entity's name.</summary>
    public string Name { get; }

    /// <summary>How much was looked at.</summary>
    public QualityLevel Level { get; }

    /// <summary>All rows.</summary>
    public long Rows { get; }

    /// <summary>In field order.</summary>
    public IReadOnlyList<ProfiledColumn> Columns { get; }

    /// <summary>Rows that pairs, coverage and privacy are measured in: all, or a sample; 0 below level premium.</summary>
    public long SampledRows => Sample?.Rows.Count ?? 0;

    /// <summary>Level premium: rows.</summary>
    internal RowSample? Sample { get; }

    /// <summary>Level premium: how columns go together.</summary>
    internal IReadOnlyList<PairTable> Pairs { get; init; } = [];

    /// <summary>The same with what was worked out of pairs.</summary>
    internal EntityProfile With(IReadOnlyList<PairTable> pairs) => new(Name, Level, Rows, Columns, Sample) { Pairs = pairs };

    /// <summary>The column of that name; null where there is none.</summary>
    public ProfiledColumn? Column(string name) => Columns.FirstOrDefault(column => column.Profile.Name == name);
}
