using System.Globalization;

namespace TdmPortal.Core.Environments;

/// <summary>One entity in two versions.</summary>
public sealed record EntityComparison
{
    /// <summary>The entity's name.</summary>
    public required string Name { get; init; }

    /// <summary>Null where the version has no such entity.</summary>
    public long? RowsBefore { get; init; }

    /// <inheritdoc cref="RowsBefore"/>
    public long? RowsAfter { get; init; }

    /// <summary>The fields by which rows are known again; none: they are compared by their position.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>Why rows are compared by their position, where they are.</summary>
    public string? KeyNote { get; init; }

    /// <summary>Rows of the later version that the earlier one lacks.</summary>
    public long Added { get; init; }

    /// <summary>Rows of the earlier version that the later one lacks.</summary>
    public long Removed { get; init; }

    /// <summary>Rows in both versions of which some cell differs.</summary>
    public long Changed { get; init; }

    /// <summary>The most surprising first.</summary>
    public IReadOnlyList<ColumnComparison> Columns { get; init; } = [];

    /// <summary>Whether both versions hold the same rows in the same columns.</summary>
    public bool IsSame => RowsBefore is not null && RowsAfter is not null && Added == 0 && Removed == 0 && Changed == 0 && Columns.All(column => column.TypeBefore == column.TypeAfter);

    /// <summary>What changed, in one sentence.</summary>
    public string Summary
    {
        get
        {
            if (RowsBefore is null)
                return $"New, with {Count(RowsAfter ?? 0, "row")}.";
            if (RowsAfter is null)
                return $"No longer there; it had {Count(RowsBefore.Value, "row")}.";
            if (IsSame)
                return $"The same {Count(RowsAfter.Value, "row")}.";
            var parts = new List<string>();
            Add(parts, Added, "row", "added");
            Add(parts, Removed, "row", "removed");
            Add(parts, Changed, "row", "changed");
            Add(parts, Columns.Count(column => column.TypeBefore is null), "column", "added");
            Add(parts, Columns.Count(column => column.TypeAfter is null), "column", "dropped");
            Add(parts, Columns.Count(column => column.IsShared && column.TypeBefore != column.TypeAfter), "column", "of another type");
            return string.Join(", ", parts) + (RowsAfter - Added - Changed is > 0 and var same ? $"; {Count(same, "row")} the same." : ".");
        }
    }

    private static void Add(List<string> parts, long count, string what, string how)
    {
        if (count > 0)
            parts.Add($"{Count(count, what)} {how}");
    }

    private static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
