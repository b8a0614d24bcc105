using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Datasets;

/// <summary>A size by what it is for: the largest entity gets so many rows, the others keep their proportion.</summary>
public sealed record GenerationPreset(string Name, string Purpose, long LargestRows)
{
    /// <summary>From small to large.</summary>
    public static IReadOnlyList<GenerationPreset> All { get; } =
    [
        new("Smoke", "a look at every rule", 100),
        new("Regression", "a suite's worth", 10_000),
        new("Load", "millions of rows", 1_000_000),
    ];

    /// <summary>The factor that gives the largest entity of a document its rows; 1 where none has rows of its own that scale.</summary>
    public double ScaleFor(SchemaDocument document)
    {
        var largest = document.Entities.Where(entity => entity.Scale != false).Max(entity => entity.Rows) ?? 0;
        return largest <= 0 ? 1 : (double)LargestRows / largest;
    }
}
