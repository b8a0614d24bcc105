using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Proof;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Masking;

/// <summary>An open source with all that is needed to mask its rows.</summary>
internal sealed class PreparedMasking(IAsyncDisposable opened, Guid? schemaId, SchemaDocument document, MaskPlanResult result, MaskedSource masked, MaskingProver prover) : IAsyncDisposable
{
    public Guid? SchemaId { get; } = schemaId;
    /// <summary>The source's schema.</summary>
    public SchemaDocument Document { get; } = document;
    public IReadOnlyList<ColumnDecision> Decisions => result.Decisions;
    public IReadOnlyList<IdentityGroup> Identities => result.Identities;
    /// <summary>Names of the checks that hold after masking too.</summary>
    public IReadOnlySet<string> KeptChecks => result.KeptChecks;
    public MaskedSource Masked { get; } = masked;
    /// <summary>Its passes read <see cref="MaskedSource.Beside"/>.</summary>
    public MaskingProver Prover { get; } = prover;

    public ValueTask DisposeAsync() => opened.DisposeAsync();
}
