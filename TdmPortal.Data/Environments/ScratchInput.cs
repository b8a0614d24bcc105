namespace TdmPortal.Data.Environments;

/// <summary>What the job that fills a scratch copy reads.</summary>
internal sealed record ScratchInput(Guid CopyId);
