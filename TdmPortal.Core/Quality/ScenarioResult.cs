namespace TdmPortal.Core.Quality;

/// <summary>What came of a scenario.</summary>
/// <param name="Count">Rows that meet it.</param>
/// <param name="Rows">The first <see cref="RuleResult.MostRows"/> of them; values are empty.</param>
/// <param name="NotChecked">Why it could not be looked for; null where it was.</param>
public sealed record ScenarioResult(Scenario Scenario, long Count, IReadOnlyList<FailingRow> Rows, string? NotChecked = null)
{
    /// <summary>Whether there are enough.</summary>
    public bool Holds => NotChecked is null && Count >= Scenario.AtLeast;
}
