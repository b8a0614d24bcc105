namespace TdmPortal.Core.Schemas.Overriding;

/// <summary>What came of one override at one version of its schema.</summary>
/// <param name="Override">The override.</param>
/// <param name="State">How it stands to that version.</param>
/// <param name="Ours">What it has there, in words.</param>
/// <param name="Theirs">What the schema has there, in words; null where there is nothing any more.</param>
/// <param name="Text">What is wrong, a sentence; empty where nothing is.</param>
public sealed record OverrideVerdict(SchemaOverride Override, OverrideState State, string Ours, string? Theirs, string Text)
{
    /// <summary>Whether rows are made with it.</summary>
    public bool IsApplied => State is OverrideState.Applies or OverrideState.BaseChanged;

    /// <summary>Whether the team has to choose.</summary>
    public bool IsConflict => State != OverrideState.Applies;
}
