namespace TdmPortal.Core.Quality;

/// <summary>What applying a suggestion changes.</summary>
public enum SuggestionKind
{
    /// <summary>The schema document gets another text in a place.</summary>
    Schema,
    /// <summary>The rule set gets another text in a place.</summary>
    Rules,
    /// <summary>Rows asked of an entity at the next generation.</summary>
    Rows,
    /// <summary>Nothing that could be done for the reader.</summary>
    Advice,
}
