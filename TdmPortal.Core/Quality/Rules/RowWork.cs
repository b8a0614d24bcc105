namespace TdmPortal.Core.Quality.Rules;

/// <summary>Looks at rows as they go by.</summary>
internal abstract class RowWork : RuleWork
{
    /// <summary>Begins a stretch of rows.</summary>
    public abstract Tally Begin(RuleTexts texts);
}
