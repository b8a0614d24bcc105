using TdmPortal.Core.Quality.Checks;

namespace TdmPortal.Core.Quality;

/// <summary>All checks by name.</summary>
public static class CheckCatalogue
{
    // ToDictionary refuses a name that occurs twice.
    private static readonly Dictionary<string, Check> ByName = new[]
    {
        NullChecks.All, SetChecks.All, BetweenChecks.All, TextChecks.All, FormatChecks.All, ColumnChecks.All, OrderChecks.All, KeyChecks.All,
        ChildrenChecks.All, RowCountChecks.All, StatisticChecks.All, AgeChecks.All, ExpressionChecks.All, PersonalDataChecks.All,
    }.SelectMany(family => family).ToDictionary(check => check.Definition.Name, StringComparer.Ordinal);

    /// <summary>Like ones stand together.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = [.. ByName.Values.Select(check => check.Definition)];

    /// <summary>The check of that name, or null.</summary>
    public static CheckDefinition? Find(string name) => ByName.GetValueOrDefault(name)?.Definition;

    /// <summary>The check with what it does.</summary>
    internal static Check? Get(string name) => ByName.GetValueOrDefault(name);
}
