namespace TdmPortal.Core.Learning;

/// <summary>How a file is inspected.</summary>
public sealed record InspectionOptions
{
    /// <summary>What a bad line means.</summary>
    public BadLinePolicy BadLines { get; init; }
    /// <summary>Bad lines that are listed; all are counted.</summary>
    public int MostBadLines { get; init; } = 1000;
    /// <summary>Rows that are shown.</summary>
    public int FirstRows { get; init; } = 20;
    /// <summary>Is given each bad line with its text; null: nobody.</summary>
    public BadLineHandler? Aside { get; init; }
    /// <summary>Called now and then with the bytes that were read so far.</summary>
    public Action<long>? Progress { get; init; }
}
