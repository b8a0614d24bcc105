using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning;

/// <summary>What was learned from a sample. Nothing in it is a value of a personal column.</summary>
/// <param name="Document">Makes rows that look like the sample.</param>
/// <param name="Reasons">Key <c>entity.field</c>: what fills it and why.</param>
/// <param name="Findings">What was found beyond single fields, in words.</param>
/// <param name="Problems">What validation refused and was made simpler.</param>
public sealed record LearnedSchema(SchemaDocument Document, IReadOnlyDictionary<string, ProposedGenerator> Reasons, IReadOnlyList<LearnedFinding> Findings, IReadOnlyList<SchemaProblem> Problems);
