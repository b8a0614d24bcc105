namespace TdmPortal.Core.Schemas;

/// <summary>What came of reading a schema file: the document as far as it could be read, and every problem of form.</summary>
/// <param name="Document">Null only when the text is no JSON object at all or beyond the size limit.</param>
/// <param name="Problems">Problems of form (not JSON, wrong type, unknown property, missing property), in document order.</param>
public sealed record SchemaReadResult(SchemaDocument? Document, IReadOnlyList<SchemaProblem> Problems);
