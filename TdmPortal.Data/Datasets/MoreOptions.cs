using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Data.Datasets;

/// <summary>What of a version's options goes beyond seed, as-of instant, scale and rows, as its record has it.</summary>
/// <param name="Seed">Of the parts that were made with another seed than the rest.</param>
/// <param name="Names">These parts.</param>
internal sealed record MoreOptions(long Seed, IReadOnlyList<string> Names)
{
    /// <summary>Scenarios that were made true.</summary>
    public IReadOnlyList<Scenario> Scenarios { get; init; } = [];

    /// <summary>Null: nothing does.</summary>
    public static string? Write(GenerationOptions options)
    {
        var made = options.Scenarios.Where(scenario => scenario.Make).ToList();
        return options.Stable.Count == 0 && made.Count == 0 ? null : StoredJson.Write(new MoreOptions(options.StableSeed, [.. options.Stable.Order(StringComparer.Ordinal)]) { Scenarios = made });
    }

    /// <summary>The options of a version, from its record.</summary>
    public static GenerationOptions Options(long seed, DateTimeOffset asOf, double scale, string rows, string? more)
    {
        var options = new GenerationOptions { Seed = seed, AsOf = asOf, Scale = scale, Rows = StoredJson.Read<Dictionary<string, long>>(rows) };
        return more is null || StoredJson.Read<MoreOptions>(more) is not { } parts ? options : options with { Stable = parts.Names.ToHashSet(StringComparer.Ordinal), StableSeed = parts.Seed, Scenarios = parts.Scenarios };
    }
}
