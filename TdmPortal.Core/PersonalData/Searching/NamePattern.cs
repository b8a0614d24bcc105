using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.PersonalData.Searching;

/// <summary>Words in a column's name that speak of a kind.</summary>
/// <param name="Kind">Name of a <see cref="PersonalKind"/>.</param>
/// <param name="Weight">How sure the name alone makes it, 0..1.</param>
/// <param name="Types">Types that can hold it.</param>
/// <param name="Words">Words and word groups (joined by _), in several languages, without accents.</param>
/// <param name="OfPerson">Personal only beside other data of a person: a city, a gender.</param>
internal sealed record NamePattern(string Kind, double Weight, IReadOnlySet<FieldType> Types, string Words, bool OfPerson = false)
{
    /// <summary>Each word group as its words.</summary>
    public IReadOnlyList<string[]> Groups { get; } = [.. Words.Split(' ').Select(group => group.Split('_'))];
}
