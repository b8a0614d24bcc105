using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>A rule over the rows of an entity: a check of the catalogue with its arguments.</summary>
public sealed record QualityRule
{
    /// <summary>Says what holds, for people; unique in its set, up to 120 characters.</summary>
    public required string Name { get; init; }
    /// <summary>Which metric it counts for.</summary>
    public required RuleKind Kind { get; init; }
    /// <summary>The entity whose rows it is about.</summary>
    public required string Entity { get; init; }
    /// <summary>The fields that it looks at; empty for checks of whole rows or entities.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
    /// <summary>A check of the catalogue, such as <c>not_null</c>; <c>expression</c> takes a condition.</summary>
    public required string Check { get; init; }
    /// <summary>The check's arguments.</summary>
    public ArgumentValues Args { get; init; } = ArgumentValues.Empty;
    /// <summary>Only rows that meet this condition are looked at; null: all.</summary>
    public string? Where { get; init; }
    /// <summary>What it means when it does not hold.</summary>
    public RuleSeverity Severity { get; init; } = RuleSeverity.Error;
    /// <summary>Share of the rows looked at that must pass, 0..1.</summary>
    public double Threshold { get; init; } = 1;
    /// <summary>Left out while false.</summary>
    public bool Enabled { get; init; } = true;
    /// <summary>Whether it was derived from the schema; deriving again replaces it unless somebody edited it.</summary>
    public bool Derived { get; init; }
    /// <summary>Why it is there, for people.</summary>
    public string? Note { get; init; }
}
