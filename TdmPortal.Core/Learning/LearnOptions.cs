namespace TdmPortal.Core.Learning;

/// <summary>How patterns are learned.</summary>
public sealed record LearnOptions
{
    /// <summary>Kinds of personal data that columns are known to hold, by <c>entity.field</c>; <c>none</c>: somebody looked and there is none. What is not here is judged by names and values.</summary>
    public IReadOnlyDictionary<string, string> Personal { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
    /// <summary>Rows of the values that a document may name, at least: rarer ones could be somebody's.</summary>
    public int LeastRows { get; init; } = 5;
    /// <summary>Whether fields that rise and fall together do so in what is made.</summary>
    public bool Correlations { get; init; } = true;
    /// <summary>Called now and then with the number of rows that came since the last call.</summary>
    public Action<long>? Progress { get; init; }
}
