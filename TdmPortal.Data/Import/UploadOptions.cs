namespace TdmPortal.Data.Import;

/// <summary>Bounds of uploads.</summary>
public sealed record UploadOptions
{
    /// <summary>Bytes of one file.</summary>
    public long MostBytes { get; init; } = 2L << 30;
    /// <summary>Bytes that a team may have at a time.</summary>
    public long MostBytesOfTeam { get; init; } = 6L << 30;
    /// <summary>Files that a team may have at a time.</summary>
    public int MostFilesOfTeam { get; init; } = 50;
    /// <summary>How long one stays that nobody looks at.</summary>
    public TimeSpan Unused { get; init; } = TimeSpan.FromHours(2);
    /// <summary>Bytes that stay free on the disk.</summary>
    public long KeepFree { get; init; } = 1L << 30;
}
