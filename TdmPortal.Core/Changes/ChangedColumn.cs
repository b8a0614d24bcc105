namespace TdmPortal.Core.Changes;

/// <summary>A column before and after an edit.</summary>
/// <param name="Name">The field's; a field under another name is another column, since names decide values.</param>
/// <param name="Kind">Whether it is there on both sides, with the same values in the rows looked at.</param>
/// <param name="CellsChanged">How many of the rows looked at have another value.</param>
/// <param name="TypeBefore">Type in the database before; null where the column was not there.</param>
/// <param name="TypeAfter">Type in the database after; null where the column is not there any more.</param>
public sealed record ChangedColumn(string Name, ChangeKind Kind, long CellsChanged, string? TypeBefore, string? TypeAfter)
{
    /// <summary>Whether the database gets another type.</summary>
    public bool IsRetyped => TypeBefore is not null && TypeAfter is not null && TypeBefore != TypeAfter;
}
