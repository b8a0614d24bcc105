namespace TdmPortal.Data.Refresh;

/// <summary>One step of a run.</summary>
/// <param name="Name"><c>check</c>, <c>build</c>, <c>validate</c>, <c>publish</c>.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Took">How long it took; null while it goes on, or where it did not end.</param>
public sealed record RefreshStep(string Name, DateTimeOffset StartedAt, TimeSpan? Took)
{
    /// <summary>The steps in their order.</summary>
    public const string Check = "check", Build = "build", Validate = "validate", Publish = "publish";
}
