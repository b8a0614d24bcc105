using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>A relationship as the engine runs it.</summary>
internal sealed class LinkNode
{
    public required RelationshipDefinition Definition { get; init; }

    /// <summary>Where it stands in the document, for problems.</summary>
    public required int Position { get; init; }

    public required EntityNode Child { get; init; }
    public required EntityNode Parent { get; init; }

    /// <summary>Its place among the child's relationships to parents.</summary>
    public required int Index { get; init; }

    /// <summary>Set once the rows of both sides are known.</summary>
    public Link Link { get; set; } = null!;

    public string Name => Definition.Name;
}
