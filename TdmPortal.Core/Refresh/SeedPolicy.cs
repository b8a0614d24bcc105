namespace TdmPortal.Core.Refresh;

/// <summary>Which random values the runs of a schedule make.</summary>
public enum SeedPolicy
{
    /// <summary>The same in each run: a test may rely on "customer 42".</summary>
    Same,
    /// <summary>Others in each run, but for what is marked stable.</summary>
    New,
}
