namespace TdmPortal.Core.Quality.Rules;

/// <summary>A rule that can be run.</summary>
internal abstract class RuleWork;

internal sealed class NotYet : RuleWork;
