namespace TdmPortal.Core.Environments;

/// <summary>What the bars of a <see cref="ColumnChart"/> stand for.</summary>
public enum ColumnChartKind
{
    /// <summary>A bar for each of the most frequent values, and one for all others.</summary>
    Values,

    /// <summary>Stretches of equal width from the lowest number to the highest.</summary>
    Numbers,

    /// <summary>Stretches of time from the first to the last.</summary>
    Times,

    /// <summary>Lengths of texts that are too many to count each.</summary>
    Lengths,
}
