namespace TdmPortal.Core.Environments;

/// <summary>One column in two versions.</summary>
public sealed record ColumnComparison
{
    /// <summary>The field's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type in SQL; null where the version has no such column.</summary>
    public string? TypeBefore { get; init; }

    /// <inheritdoc cref="TypeBefore"/>
    public string? TypeAfter { get; init; }

    /// <summary>Rows of both versions in which it is not the same.</summary>
    public long ChangedCells { get; init; }

    /// <summary>Rows without a value.</summary>
    public long NullsBefore { get; init; }

    /// <inheritdoc cref="NullsBefore"/>
    public long NullsAfter { get; init; }

    /// <summary>Different values, nulls aside.</summary>
    public long DistinctBefore { get; init; }

    /// <inheritdoc cref="DistinctBefore"/>
    public long DistinctAfter { get; init; }

    /// <summary>Null where a version has no such column, or no value in it.</summary>
    public ColumnChart? Chart { get; init; }

    /// <summary>0 to 1: see <see cref="Surprise.Of"/>. 1 where the column is in one version only.</summary>
    public double Surprise { get; init; }

    /// <summary>Whether both versions have it.</summary>
    public bool IsShared => TypeBefore is not null && TypeAfter is not null;

    /// <summary>Whether anything about it differs.</summary>
    public bool Differs => TypeBefore != TypeAfter || ChangedCells > 0 || Surprise > 0;
}
