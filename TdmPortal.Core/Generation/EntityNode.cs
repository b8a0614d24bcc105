using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>An entity as the engine runs it.</summary>
internal sealed class EntityNode
{
    public required int Index { get; init; }
    public required EntityDefinition Definition { get; init; }
    public required ulong Key { get; init; }
    public long Rows { get; set; }
    public FieldNode[] Fields { get; set; } = [];

    /// <summary>Relationships of which it is the child, in document order.</summary>
    public List<LinkNode> Parents { get; } = [];

    /// <summary>Relationships of which it is the parent.</summary>
    public List<LinkNode> Children { get; } = [];

    /// <summary>Checks that are only verified, since no field that they name can be drawn again.</summary>
    public List<CheckNode> Verified { get; } = [];

    public int FieldIndex(string name) => Array.FindIndex(Fields, field => field.Name == name);
}
