namespace TdmPortal.Data.Environments;

/// <summary>What a job of kind <see cref="CompareWork.KindName"/> reads.</summary>
internal sealed record CompareInput(Guid ComparisonId);
