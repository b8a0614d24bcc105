using System.Collections.Frozen;
using TdmPortal.Core.Generators.Addresses;
using TdmPortal.Core.Generators.Basics;
using TdmPortal.Core.Generators.Commerce;
using TdmPortal.Core.Generators.Companies;
using TdmPortal.Core.Generators.Dates;
using TdmPortal.Core.Generators.Finance;
using TdmPortal.Core.Generators.Internet;
using TdmPortal.Core.Generators.Lorem;
using TdmPortal.Core.Generators.Numbers;
using TdmPortal.Core.Generators.People;
using TdmPortal.Core.Generators.Phones;
using TdmPortal.Core.Generators.Systems;
using TdmPortal.Core.Generators.Testing;
using TdmPortal.Core.Generators.Vehicles;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators;

/// <summary>All generators by name.</summary>
public static class GeneratorCatalogue
{
    // ToDictionary refuses a name that occurs twice.
    private static readonly FrozenDictionary<string, Generator> ByName = new[]
    {
        BasicGenerators.All, NumberGenerators.All, DateGenerators.All, PersonGenerators.All, InternetGenerators.All, PhoneGenerators.All,
        AddressGenerators.All, CompanyGenerators.All, CommerceGenerators.All, FinanceGenerators.All, LoremGenerators.All, SystemGenerators.All,
        VehicleGenerators.All, TestingGenerators.All,
    }.SelectMany(family => family).ToDictionary(generator => generator.Name, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Sorted by category, then name.</summary>
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
        [.. ByName.Values.Select(g => g.Definition).OrderBy(d => d.Category, StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal)];

    /// <summary>The generator of that name, or null.</summary>
    public static GeneratorDefinition? Find(string name) => Entry(name)?.Definition;

    /// <summary>A few values under given arguments, for the picker; empty where the arguments are not valid.</summary>
    public static IReadOnlyList<string> Sample(string name, ArgumentValues args, FieldType type, string locale, int count) => [];

    /// <summary>How many distinct values it can give under these arguments and length; null when the arguments are not valid or no bound is known.</summary>
    public static decimal? Capacity(string name, ArgumentValues args, FieldType type, string locale, int? maxLength) => null;

    internal static Generator? Entry(string name) => ByName.GetValueOrDefault(name);
}
