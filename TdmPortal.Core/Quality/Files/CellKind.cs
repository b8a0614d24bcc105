namespace TdmPortal.Core.Quality.Files;

/// <summary>What stands in a cell of a file.</summary>
internal enum CellKind
{
    /// <summary>Nothing: no value.</summary>
    Null,
    /// <summary>Text of whichever type the column has: in CSV and XML.</summary>
    Plain,
    /// <summary>A text in JSON.</summary>
    Text,
    /// <summary>A number in JSON.</summary>
    Number,
    /// <summary>true or false in JSON.</summary>
    Boolean,
    /// <summary>A list or an object in JSON.</summary>
    Composite,
    /// <summary>The row is broken here: it has fewer or more cells than it should.</summary>
    Broken,
}
