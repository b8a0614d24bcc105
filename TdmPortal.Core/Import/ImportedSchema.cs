using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import;

/// <summary>A schema document made from a database's structure.</summary>
/// <param name="Document">Valid, ready to generate.</param>
/// <param name="Reasons">Key <c>entity.field</c>: why the field has its generator, and how sure that is.</param>
/// <param name="NotUnderstood">What the document cannot say.</param>
/// <param name="Problems">What people should know, by name.</param>
public sealed record ImportedSchema(SchemaDocument Document, IReadOnlyDictionary<string, ProposedGenerator> Reasons, IReadOnlyList<NotUnderstood> NotUnderstood, IReadOnlyList<SchemaProblem> Problems);
