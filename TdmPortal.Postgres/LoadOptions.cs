namespace TdmPortal.Postgres;

/// <summary>How tables are loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>What is done with tables that have rows already.</summary>
    public ExistingRows Existing { get; init; }
    /// <summary>How many threads make rows, where the source reads ranges.</summary>
    public int Threads { get; init; } = 1;
}
