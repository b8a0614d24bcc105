namespace TdmPortal.Core.Quality.Rules;

/// <summary>What a rule has found in a stretch of rows; stretches are joined in their order.</summary>
internal abstract class Tally
{
    /// <summary>Looks at further rows.</summary>
    public abstract void Add(RuleBatch batch);

    /// <summary>Takes in the stretch that follows.</summary>
    public abstract void Take(Tally next);

    /// <summary>What came of it.</summary>
    public abstract Outcome Finish();
}
