namespace TdmPortal.Core.Changes;

/// <summary>An entity before and after an edit.</summary>
/// <param name="Name">In the document.</param>
/// <param name="Kind">Same only where nothing changed in the rows looked at, the number of rows neither.</param>
/// <param name="RowsBefore">Null where it was not there.</param>
/// <param name="RowsAfter">Null where it is not there any more.</param>
public sealed record ChangedEntity(string Name, ChangeKind Kind, long? RowsBefore, long? RowsAfter)
{
    /// <summary>Whether nothing that decides its rows changed: then all rows are the same, and none was looked at.</summary>
    public bool IsUntouched { get; init; }

    /// <summary>How many rows were compared, from the first one on.</summary>
    public long FirstRows { get; init; }

    /// <summary>How many rows were compared beyond those.</summary>
    public long SpreadRows { get; init; }

    /// <summary>How many of the compared rows have another value somewhere.</summary>
    public long RowsChanged { get; init; }

    /// <summary>Whether time ran out before all was looked at that should have been.</summary>
    public bool IsCutShort { get; init; }

    /// <summary>Why its rows cannot be made, before or after; null where they can.</summary>
    public string? Failure { get; init; }

    /// <summary>Those of after in their order, then those that are gone.</summary>
    public IReadOnlyList<ChangedColumn> Columns { get; init; } = [];

    /// <summary>Rows to show, those that changed first.</summary>
    public IReadOnlyList<ChangedRow> Rows { get; init; } = [];
}
