using TdmPortal.Core.Generation;
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
    private static readonly Dictionary<string, GeneratorDefinition> ByName = new[]
    {
        BasicGenerators.All, NumberGenerators.All, DateGenerators.All, PersonGenerators.All, InternetGenerators.All, PhoneGenerators.All,
        AddressGenerators.All, CompanyGenerators.All, CommerceGenerators.All, FinanceGenerators.All, LoremGenerators.All, SystemGenerators.All,
        VehicleGenerators.All, TestingGenerators.All,
    }.SelectMany(family => family).ToDictionary(generator => generator.Name, StringComparer.Ordinal);

    /// <summary>Sorted by category, then name.</summary>
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
        [.. ByName.Values.OrderBy(d => d.Category, StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal)];

    /// <summary>The locales that a document may name, by the name to write there.</summary>
    public static IReadOnlyList<(string Name, string Title)> Locales { get; } = [.. Vocabulary.Locale.All.Select(locale => (locale.Name, locale.Title))];

    /// <summary>The generator of that name, or null.</summary>
    public static GeneratorDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether there is a locale of that name; where not, English is taken.</summary>
    public static bool IsLocale(string name) => Vocabulary.Locale.Find(name) is not null;

    /// <summary>A few values under given arguments, for the picker; empty where the arguments are not valid.</summary>
    public static IReadOnlyList<string> Sample(string name, ArgumentValues args, FieldType type, string locale, int count)
    {
        var context = Context(name, args, type, locale, null);
        if (Source(name, context) is not { } source)
            return [];
        using var column = Column.For(type);
        column.Reset(count);
        var rows = new long[count];
        for (var i = 0; i < count; i++)
            rows[i] = i;
        source.Fill(column, rows, new FillContext { Key = context.FieldKey });
        return [.. Enumerable.Range(0, count).Select(row => SampleText.Of(column, row, type, context.Scale))];
    }

    /// <summary>How many distinct values it can give under these arguments and length; null when the arguments are not valid or no bound is known.</summary>
    public static decimal? Capacity(string name, ArgumentValues args, FieldType type, string locale, int? maxLength)
    {
        if (Source(name, Context(name, args, type, locale, maxLength))?.Capacity is not { } capacity)
            return null;
        return capacity > (UInt128)decimal.MaxValue ? decimal.MaxValue : (decimal)capacity;
    }

    private static SourceContext Context(string name, ArgumentValues args, FieldType type, string locale, int? maxLength) =>
        new(name, new FieldDefinition { Name = "value", Type = type, Generator = name, Args = args, MaxLength = maxLength }, locale, new GenerationOptions());

    private static ValueSource? Source(string name, SourceContext context)
    {
        var source = Find(name) is { } definition && definition.Types.Contains(context.Type) ? definition.Create(context) : null;
        return context.Failed() ? null : source;
    }
}
