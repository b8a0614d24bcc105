
namespace TdmPortal.Core.Schemas;

/// <summary>The names of field types and distributions as they stand in a schema document.</summary>
public static class FieldTypeNames
{
    private static readonly Dictionary<string, FieldType> ByName =
        Enum.GetValues<FieldType>().ToDictionary(type => type.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly Dictionary<FieldType, string> ByType = ByName.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>All names, in the order of <see cref="FieldType"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<FieldType>().Select(Of)];

    /// <summary>The name of a type, e.g. <c>integer</c>.</summary>
    public static string Of(FieldType type) => ByType[type];

    /// <summary>The name of a distribution, e.g. <c>perParent</c>.</summary>
    public static string Of(DistributionKind kind) => kind switch
    {
        DistributionKind.Zipf => "zipf",
        DistributionKind.PerParent => "perParent",
        _ => "uniform",
    };

    /// <summary>The type of that name; names are case-sensitive.</summary>
    public static bool TryParse(string name, out FieldType type) => ByName.TryGetValue(name, out type);
}
