namespace TdmPortal.Data.Masking;

/// <summary>What jobs that mask read; their run says the rest.</summary>
internal sealed record MaskJobInput(Guid RunId, string TeamKey, string Source, string Title, bool Publish);
