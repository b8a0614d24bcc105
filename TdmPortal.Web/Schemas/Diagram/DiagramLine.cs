using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Diagram;

/// <summary>A relationship's line, from child to parent, as an SVG path.</summary>
public sealed record DiagramLine(RelationshipDefinition Relationship, string Path, double LabelX, double LabelY);
