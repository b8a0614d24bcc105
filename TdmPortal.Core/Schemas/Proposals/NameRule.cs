namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>Words in a field's name that tell what it holds.</summary>
/// <param name="Generator">What to propose.</param>
/// <param name="Means">For the reason: "the name says …".</param>
/// <param name="Words">Words and word groups (joined by _), in the languages that schemas are written in.</param>
/// <param name="Args">JSON of the arguments to start with.</param>
internal sealed record NameRule(string Generator, string Means, string Words, string? Args = null)
{
    /// <summary>Each word group as its words.</summary>
    public IReadOnlyList<string[]> Groups { get; } = [.. Words.Split(' ').Select(group => group.Split('_'))];
}
