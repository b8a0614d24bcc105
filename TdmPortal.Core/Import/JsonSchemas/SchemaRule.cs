namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>A rule between members of one object, with <c>required</c> of others.</summary>
/// <param name="Kind">How the members hang together.</param>
/// <param name="Members">Of <see cref="SchemaRuleKind.Needs"/>: the one, then those that it needs.</param>
internal sealed record SchemaRule(SchemaRuleKind Kind, IReadOnlyList<string> Members);

internal enum SchemaRuleKind
{
    /// <summary>Where the first is, the others are.</summary>
    Needs,
    /// <summary>One at least.</summary>
    Any,
    /// <summary>Exactly one.</summary>
    One,
}
