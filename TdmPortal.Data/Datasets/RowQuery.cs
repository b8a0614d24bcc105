namespace TdmPortal.Data.Datasets;

/// <summary>A window of an entity's rows.</summary>
public sealed record RowQuery
{
    /// <summary>A cursor that stands for the last page of a sorted or filtered window.</summary>
    public const string LastPage = "last";

    /// <summary>Columns to read, in order; empty: all.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
    public IReadOnlyList<RowFilter> Filters { get; init; } = [];
    /// <summary>A condition in the schema's own expression language, or null.</summary>
    public string? Expression { get; init; }
    /// <summary>Column to sort by; null: row number.</summary>
    public string? SortBy { get; init; }
    public bool Descending { get; init; }
    /// <summary>Without sort and filter: the row number to start at, 0-based.</summary>
    public long FirstRow { get; init; }
    /// <summary>With sort or filter: the cursor of the page before (<see cref="RowPage.Next"/>) or after (<see cref="RowPage.Previous"/>), or <see cref="LastPage"/>.</summary>
    public string? Cursor { get; init; }
    public int Take { get; init; } = 100;
}
