namespace TdmPortal.Core.Quality.Rules;

/// <summary>Looks at an entity when all of its rows can be read, as often as it needs.</summary>
internal abstract class WholeWork : RuleWork
{
    /// <summary>Looks at the rows as they go by first, where that may do: what it gives is the outcome unless it is null.</summary>
    public virtual Tally? BeginEarly() => null;

    /// <summary>What the early look came to; null: the whole has to be looked at.</summary>
    public virtual Outcome? Early(Tally tally) => null;

    public abstract Outcome Run(WholeRun run, BoundRule rule);
}
