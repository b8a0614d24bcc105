namespace TdmPortal.Core.Quality.Rules;

/// <summary>What came of a rule that could be looked at.</summary>
/// <param name="Rows">The first ones that fail.</param>
/// <param name="Observed">What was measured.</param>
internal sealed record Outcome(long Evaluated, long Failing, IReadOnlyList<FailingRow> Rows, string? Observed = null)
{
    /// <summary>Of a check of the whole entity.</summary>
    public static Outcome Of(bool holds, string observed) => new(1, holds ? 0 : 1, [], observed);
}
