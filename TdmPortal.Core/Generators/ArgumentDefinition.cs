namespace TdmPortal.Core.Generators;

/// <summary>An argument of a generator: enough to draw its control, to check it and to document it.</summary>
/// <param name="Name">As in the document.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Summary">One sentence for people.</param>
public sealed record ArgumentDefinition(string Name, ArgumentKind Kind, string Summary)
{
    /// <summary>Whether generation is refused without it.</summary>
    public bool Required { get; init; }
    /// <summary>JSON text of the default, null where there is none.</summary>
    public string? Default { get; init; }
    /// <summary>Smallest number allowed.</summary>
    public double? Min { get; init; }
    /// <summary>Largest number allowed.</summary>
    public double? Max { get; init; }
    /// <summary>The allowed texts of an <see cref="ArgumentKind.Option"/>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
