namespace TdmPortal.Core.Changes;

/// <summary>How far one looks for changes of rows.</summary>
public sealed record ChangeLimits
{
    /// <summary>Rows of each entity from the first one on.</summary>
    public int FirstRows { get; init; } = 1000;

    /// <summary>Further rows, spread over the rest of the entity.</summary>
    public int SpreadRows { get; init; } = 200;

    /// <summary>Rows of each entity to show.</summary>
    public int ShownRows { get; init; } = 20;

    /// <summary>After that one stops looking; what was found until then stands.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMilliseconds(700);
}
