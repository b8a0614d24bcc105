using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Editing;

/// <summary>One moment of a designing session: the document, and where the author stood.</summary>
/// <param name="Document">The whole document; shares all unchanged parts with its neighbours.</param>
/// <param name="Entity">Name of the entity that is open, null where there is none.</param>
/// <param name="Fields">Names of the selected fields of it, in grid order.</param>
public sealed record DesignerState(SchemaDocument Document, string? Entity, IReadOnlyList<string> Fields);
