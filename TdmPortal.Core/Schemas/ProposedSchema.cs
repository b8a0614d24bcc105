namespace TdmPortal.Core.Schemas;

/// <summary>A document made from pasted text, with the reason for each field's generator and what was not understood.</summary>
/// <param name="Document">Ready to open in the designer; null when nothing could be read.</param>
/// <param name="Reasons">Key <c>entity.field</c>: the proposal that was taken.</param>
/// <param name="Problems">What was not understood; <c>Path</c> is "line N" of pasted rows, of tables the rule's name.</param>
public sealed record ProposedSchema(SchemaDocument? Document, IReadOnlyDictionary<string, ProposedGenerator> Reasons, IReadOnlyList<SchemaProblem> Problems);
