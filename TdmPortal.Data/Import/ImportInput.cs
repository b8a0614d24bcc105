namespace TdmPortal.Data.Import;

/// <summary>What the job of an import reads.</summary>
internal sealed record ImportInput(Guid ImportId);
