using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>One entity of a compiled plan.</summary>
public sealed class EntityPlan
{
    /// <summary>Name in the document.</summary>
    public string Name => Definition.Name;
    /// <summary>As the document has it.</summary>
    public required EntityDefinition Definition { get; init; }
    /// <summary>Number of rows, overrides and scale applied, perParent resolved.</summary>
    public required long Rows { get; init; }
    /// <summary>In field order.</summary>
    public required IReadOnlyList<ColumnDescription> Columns { get; init; }
}
