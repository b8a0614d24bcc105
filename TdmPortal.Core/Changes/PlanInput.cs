using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Changes;

/// <summary>All that decides the rows: a document and the settings that it is compiled for.</summary>
public sealed record PlanInput(SchemaDocument Document, GenerationOptions Options);
