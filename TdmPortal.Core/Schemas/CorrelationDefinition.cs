namespace TdmPortal.Core.Schemas;

/// <summary>
/// Fields of an entity that go together: their random numbers are drawn from normal distributions with these correlations
/// (a Gaussian copula), so that each field keeps the distribution that its generator gives it.
/// </summary>
/// <param name="Fields">At least two, each with a generator whose values have an order.</param>
/// <param name="Matrix">A row for each field: symmetric, 1 on the diagonal, otherwise from -1 to 1.</param>
public sealed record CorrelationDefinition(IReadOnlyList<string> Fields, IReadOnlyList<IReadOnlyList<double>> Matrix)
{
    /// <summary>The same without some fields; null where fewer than two are left.</summary>
    public CorrelationDefinition? Without(IReadOnlyCollection<string> names)
    {
        var kept = Enumerable.Range(0, Fields.Count).Where(i => !names.Contains(Fields[i])).ToList();
        return kept.Count == Fields.Count ? this : kept.Count < 2 ? null : new([.. kept.Select(i => Fields[i])], [.. kept.Select(IReadOnlyList<double> (i) => [.. kept.Select(j => Matrix[i][j])])]);
    }
}
