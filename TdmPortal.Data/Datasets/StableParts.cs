using TdmPortal.Core.Generation;

namespace TdmPortal.Data.Datasets;

/// <summary>What of a version was made with another seed than the rest, as its record has it.</summary>
internal sealed record StableParts(long Seed, IReadOnlyList<string> Names)
{
    /// <summary>Null: nothing was.</summary>
    public static string? Write(GenerationOptions options) => options.Stable.Count == 0 ? null : StoredJson.Write(new StableParts(options.StableSeed, [.. options.Stable.Order(StringComparer.Ordinal)]));

    /// <summary>The options of a version, from its record.</summary>
    public static GenerationOptions Options(long seed, DateTimeOffset asOf, double scale, string rows, string? stable)
    {
        var options = new GenerationOptions { Seed = seed, AsOf = asOf, Scale = scale, Rows = StoredJson.Read<Dictionary<string, long>>(rows) };
        return stable is null || StoredJson.Read<StableParts>(stable) is not { } parts ? options : options with { Stable = parts.Names.ToHashSet(StringComparer.Ordinal), StableSeed = parts.Seed };
    }
}
