using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>What came of compiling a document: a plan, unless a problem is an error.</summary>
/// <param name="Plan">Null when an error is among the problems.</param>
/// <param name="Problems">Errors and warnings in document order.</param>
public sealed record CompilationResult(GenerationPlan? Plan, IReadOnlyList<SchemaProblem> Problems);
