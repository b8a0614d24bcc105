using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Preview;

/// <summary>What the author looks at: a window of an entity's rows of a document.</summary>
public sealed record PreviewRequest(SchemaDocument Document, string? Entity, long FirstRow, long Seed);
