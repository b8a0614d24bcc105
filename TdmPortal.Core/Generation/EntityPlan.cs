using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>One entity of a compiled plan.</summary>
public sealed class EntityPlan
{
    internal EntityPlan(EntityNode node, IReadOnlyList<ColumnDescription> columns) => (Node, Columns) = (node, columns);

    /// <summary>Name in the document.</summary>
    public string Name => Definition.Name;

    /// <summary>As the document has it.</summary>
    public EntityDefinition Definition => Node.Definition;

    /// <summary>Number of rows, overrides and scale applied, perParent resolved.</summary>
    public long Rows => Node.Rows;

    /// <summary>In field order.</summary>
    public IReadOnlyList<ColumnDescription> Columns { get; }

    internal EntityNode Node { get; }
}
