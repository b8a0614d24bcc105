namespace TdmPortal.Data.Jobs;

/// <summary>Why a job failed, as stored with it.</summary>
public sealed record JobError(string Code, string Message, IReadOnlyList<string> SuggestedActions, string RequestId);
