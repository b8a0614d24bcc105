using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Diagram;

/// <summary>An entity's place in the diagram.</summary>
/// <param name="Fields">The fields that are drawn: keys and relationships first, then as many as fit.</param>
/// <param name="More">How many are not drawn.</param>
public sealed record DiagramBox(EntityDefinition Entity, double X, double Y, double Width, double Height, IReadOnlyList<FieldDefinition> Fields, int More);
