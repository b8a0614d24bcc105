namespace TdmPortal.Data.Storage;

/// <summary>The row of <c>portal.work_pause</c>, there while no job is started.</summary>
internal sealed class StoredWorkPause
{
    public bool OnlyOne { get; set; } = true;
    public string PausedBy { get; set; } = "";
    public DateTimeOffset PausedAt { get; set; }
    public string? Reason { get; set; }
}
