namespace TdmPortal.Data.Environments;

/// <summary>A row of <c>portal.live_dataset</c>: the switch that says which version a live dataset's views show.</summary>
internal sealed class LiveDataset
{
    public Guid DatasetId { get; set; }
    /// <summary><c>&lt;team&gt;_&lt;dataset&gt;</c>.</summary>
    public string SchemaName { get; set; } = "";
    /// <summary>The version that is live.</summary>
    public int Number { get; set; }
    /// <summary>Those that the views combine.</summary>
    public int[] Numbers { get; set; } = [];
    public long SwitchedXid { get; set; }
    public DateTimeOffset? PreparingUntil { get; set; }
}
