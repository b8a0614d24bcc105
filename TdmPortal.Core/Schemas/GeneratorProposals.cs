namespace TdmPortal.Core.Schemas;

/// <summary>Proposes generators from a field's name, type and, where there are some, sample values.</summary>
public static class GeneratorProposals
{
    /// <summary>Up to three proposals, best first; never empty, every one valid for the type.</summary>
    public static IReadOnlyList<ProposedGenerator> For(string entity, string field, FieldType type, int? maxLength = null, IReadOnlyList<string?>? samples = null) =>
        throw new NotImplementedException();
}
