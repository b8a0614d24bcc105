using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas.Preview;

/// <summary>What a look at a document gave: its problems, and as many rows as can be made in spite of them.</summary>
public sealed record PreviewState
{
    public static PreviewState Empty { get; } = new();

    /// <summary>Raised with each result, so that a page knows old from new.</summary>
    public int Number { get; init; }
    public SchemaDocument? Document { get; init; }
    /// <summary>Null while nothing could be compiled.</summary>
    public GenerationPlan? Plan { get; init; }
    public ProblemIndex Problems { get; init; } = ProblemIndex.Empty;
    public string? Entity { get; init; }
    /// <summary>Null where the entity has errors that leave no rows to show.</summary>
    public PreviewRows? Rows { get; init; }
    /// <summary>Row and column of each cell that differs from the same cell before, by column name.</summary>
    public IReadOnlySet<(long Row, string Column)> Changed { get; init; } = new HashSet<(long, string)>();
    /// <summary>Figures by column, over the first rows of the entity.</summary>
    public IReadOnlyDictionary<string, ColumnFigures> Figures { get; init; } = new Dictionary<string, ColumnFigures>(StringComparer.Ordinal);
    /// <summary>Columns that were left out because of their problems, by field name.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
