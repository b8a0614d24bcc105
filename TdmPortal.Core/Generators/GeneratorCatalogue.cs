using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators;

/// <summary>All generators by name.</summary>
public static class GeneratorCatalogue
{
    /// <summary>Sorted by category, then name.</summary>
    public static IReadOnlyList<GeneratorDefinition> All => throw new NotImplementedException();

    /// <summary>The generator of that name, or null.</summary>
    public static GeneratorDefinition? Find(string name) => throw new NotImplementedException();

    /// <summary>A few values under given arguments, for the picker; empty where the arguments are not valid.</summary>
    public static IReadOnlyList<string> Sample(string name, ArgumentValues args, FieldType type, string locale, int count) => throw new NotImplementedException();

    /// <summary>How many distinct values it can give under these arguments and length; null when the arguments are not valid or no bound is known.</summary>
    public static decimal? Capacity(string name, ArgumentValues args, FieldType type, string locale, int? maxLength) => throw new NotImplementedException();
}
