namespace TdmPortal.Core.Quality;

/// <summary>What a rule is about (D5); decides which metric it counts for.</summary>
public enum RuleKind
{
    /// <summary>Values that must be there.</summary>
    Completeness,
    /// <summary>Columns, rows and entities that must agree with each other: keys, orders, sums.</summary>
    Consistency,
    /// <summary>Values that must look right: types, patterns, lengths, sets, ranges.</summary>
    Format,
    /// <summary>What the team's business says.</summary>
    Business,
}
