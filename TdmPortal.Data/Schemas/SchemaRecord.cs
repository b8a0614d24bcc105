using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Schemas;

/// <summary>A stored schema at one of its versions.</summary>
public sealed record SchemaRecord(Guid Id, int Version, int LatestVersion, SchemaDocument Document, bool IsSample, string ChangedBy, DateTimeOffset ChangedAt, string? Note)
{
    /// <summary>Whether the reader's team may change it.</summary>
    public bool IsOwn { get; init; } = true;

    /// <summary>Whether all teams may use it.</summary>
    public bool IsShared { get; init; }

    /// <summary>The team that shares it, where that is another; null for one's own and for samples.</summary>
    public string? SharedBy { get; init; }
}
