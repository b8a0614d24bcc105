namespace TdmPortal.Data.Environments;

/// <summary>A row of <c>portal.retired_views</c>: views that were replaced and wait to be dropped.</summary>
internal sealed class RetiredViews
{
    public long Id { get; set; }
    /// <summary>Known as soon as the row has its number.</summary>
    public string? SchemaName { get; set; }
    public DateTimeOffset RetiredAt { get; set; }
}
