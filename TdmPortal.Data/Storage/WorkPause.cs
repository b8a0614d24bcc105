namespace TdmPortal.Data.Storage;

/// <summary>That no long work is started, and on whose word.</summary>
public sealed record WorkPause(string By, DateTimeOffset At, string? Reason);
