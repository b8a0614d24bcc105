using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Fidelity;

/// <summary>A dataset against a reference, by the definitions of SDMetrics; docs/quality.md says where they are read otherwise.</summary>
public static class ReferenceComparison
{
    /// <summary>Pairs of numbers count where Pearson's correlation is beyond this in one of both.</summary>
    private const double LeastCorrelation = 0.5;

    /// <summary>Other pairs count where Cramér's V is beyond this in one of both.</summary>
    private const double LeastAssociation = 0.3;

    /// <summary>All measures that both profiles allow.</summary>
    /// <param name="name">The reference's, for people.</param>
    public static FidelityReport Compare(SchemaDocument document, string name, DatasetProfile reference, DatasetProfile data)
    {
        var columns = Shared(document, reference, data).ToList();
        List<FidelityProperty> properties =
        [
            Property("Column shapes", columns.SelectMany(Shapes)),
            Property("Column pairs", data.Entities.SelectMany(entity => reference.Entity(entity.Name) is { } before ? Pairs(before, entity) : [])),
            Property("Cardinality", Relationships(reference, data).Select(pair => new FidelityDetail(pair.Data.Name, "CardinalityShapeSimilarity", ColumnMeasures.KSComplement(pair.Reference.Children, pair.Data.Children)))),
            Property("Data validity", [.. columns.SelectMany(Validity), .. data.Keys.Select(key => new FidelityDetail($"{key.Entity}.{string.Join(", ", key.Fields)}", "KeyUniqueness", key.Uniqueness))]),
            Property("Relationship validity", Relationships(reference, data).SelectMany(pair => new[]
            {
                new FidelityDetail(pair.Data.Name, "ReferentialIntegrity", pair.Data.Integrity),
                new FidelityDetail(pair.Data.Name, "CardinalityBoundaryAdherence", Within(pair.Reference.Children, pair.Data.Children)),
            })),
            Property("Data structure", data.Entities.Select(entity => new FidelityDetail(entity.Name, "TableStructure", Structure(reference.Entity(entity.Name), entity)))),
            Property("Coverage of the reference", columns.SelectMany(Coverage)),
            Property("Statistics", columns.SelectMany(Statistics)),
            .. PrivacyMeasures.Of(document, reference, data),
        ];
        properties.RemoveAll(property => property.Details.Count == 0);
        var counted = properties.Where(property => property is { InScore: true, Score: not null }).ToList();
        return new(name, counted.Count == 0 ? null : counted.Average(property => property.Score!.Value), properties);
    }

    /// <summary>How the columns of an entity go together, with the reference's figures beside.</summary>
    public static IReadOnlyList<PairQuality> PairsOf(EntityProfile? reference, EntityProfile data) =>
        [.. data.Pairs.Select(pair => new PairQuality(pair.First, pair.Second, pair.OfNumbers ? "pearson" : "cramer", pair.Association, reference?.Pairs.FirstOrDefault(other => other.First == pair.First && other.Second == pair.Second)?.Association))];

    internal static FidelityProperty Property(string name, IEnumerable<FidelityDetail> details, bool inScore = true)
    {
        var all = details.ToList();
        var known = all.Where(detail => detail.Value is not null).ToList();
        return new(name, known.Count == 0 ? null : known.Average(detail => detail.Value!.Value), inScore, all);
    }

    private static IEnumerable<FidelityDetail> Shapes(Shared column)
    {
        if (column.IsNumber)
            yield return column.Detail("KSComplement", ColumnMeasures.KSComplement(column.Reference.Distribution!, column.Data.Distribution!), "one of both has no values");
        else if (column.IsCategory)
            yield return column.Detail("TVComplement", ColumnMeasures.TVComplement(column.Reference, column.Data), "one of both has no values");
    }

    private static IEnumerable<FidelityDetail> Validity(Shared column)
    {
        if (column.IsNumber)
            yield return column.Detail("BoundaryAdherence", ColumnMeasures.BoundaryAdherence(column.Reference, column.Data), "one of both has no values");
        else if (column.IsCategory)
            yield return column.Detail("CategoryAdherence", ColumnMeasures.CategoryAdherence(column.Reference, column.Data), "one of both has no rows");
    }

    private static IEnumerable<FidelityDetail> Coverage(Shared column)
    {
        if (column.IsNumber)
            yield return column.Detail("RangeCoverage", ColumnMeasures.RangeCoverage(column.Reference.Distribution!, column.Data.Distribution!), "the reference has one value only, or the data none");
        else if (column.IsCategory)
            yield return column.Detail("CategoryCoverage", ColumnMeasures.CategoryCoverage(column.Reference, column.Data), "the reference has no values");
    }

    private static IEnumerable<FidelityDetail> Statistics(Shared column)
    {
        yield return column.Detail("MissingValueSimilarity", ColumnMeasures.MissingValueSimilarity(column.Reference.Profile, column.Data.Profile), "one of both has no rows");
        if (!column.IsNumber)
            yield break;
        const string why = "the reference has one value only, or one of both none";
        var (spread, before, after) = (column.Reference.Distribution!, column.Reference.Profile, column.Data.Profile);
        yield return column.Detail("StatisticSimilarity (mean)", ColumnMeasures.StatisticSimilarity(spread, before.Mean, after.Mean), why);
        yield return column.Detail("StatisticSimilarity (median)", ColumnMeasures.StatisticSimilarity(spread, Median(spread), Median(column.Data.Distribution!)), why);
        yield return column.Detail("StatisticSimilarity (std)", ColumnMeasures.StatisticSimilarity(spread, before.StandardDeviation, after.StandardDeviation), why);
    }

    private static double? Median(Distribution spread) => spread.Count == 0 ? null : (spread.Quantile(0.5) + spread.Quantile((double)((spread.Count / 2) + 1) / spread.Count)) / 2;

    /// <summary>Pairs that belong together in the reference or in the data; all others say nothing.</summary>
    private static IEnumerable<FidelityDetail> Pairs(EntityProfile reference, EntityProfile data)
    {
        foreach (var before in reference.Pairs)
        {
            if (PairTables.Of(data, reference, before) is not { } after)
                continue;
            var place = $"{data.Name}.{before.First} × {data.Name}.{before.Second}";
            if (Math.Max(Math.Abs(before.Association ?? 0), Math.Abs(after.Association ?? 0)) <= (before.OfNumbers ? LeastCorrelation : LeastAssociation))
                continue;
            if (!before.OfNumbers)
                yield return new(place, "ContingencySimilarity", Contingency(before, after));
            else if (before.Association is { } one && after.Association is { } other)
                yield return new(place, "CorrelationSimilarity", 1 - (Math.Abs(one - other) / 2));
            else
                yield return new(place, "CorrelationSimilarity", null, "one of the columns is constant");
        }
    }

    private static double? Contingency(PairTable before, PairTable after)
    {
        double rows = before.Counts.Sum();
        double others = after.Counts.Sum();
        if (rows == 0 || others == 0)
            return null;
        var shares = after.Cells.Zip(after.Counts).ToDictionary(cell => cell.First, cell => cell.Second / others);
        var apart = 0.0;
        for (var cell = 0; cell < before.Cells.Count; cell++)
        {
            shares.Remove(before.Cells[cell], out var share);
            apart += Math.Abs((before.Counts[cell] / rows) - share);
        }

        return Math.Clamp(1 - ((apart + shares.Values.Sum()) / 2), 0, 1);
    }

    private static double? Within(Distribution reference, Distribution data) => reference.Count == 0 || data.Count == 0 ? null : (double)(data.CountUpTo(reference.Greatest) - data.CountBelow(reference.Least)) / data.Count;

    private static double? Structure(EntityProfile? reference, EntityProfile data)
    {
        var (before, after) = (Columns(reference), Columns(data));
        return before.Union(after).Any() ? (double)before.Intersect(after).Count() / before.Union(after).Count() : null;
        static HashSet<(string, FieldType, bool)> Columns(EntityProfile? entity) => [.. entity?.Columns.Select(column => (column.Profile.Name, column.Profile.Type, column.Profile.IsArray)) ?? []];
    }

    private static IEnumerable<(RelationshipProfile Reference, RelationshipProfile Data)> Relationships(DatasetProfile reference, DatasetProfile data) =>
        data.Relationships.Join(reference.Relationships, one => one.Name, other => other.Name, (one, other) => (other, one), StringComparer.Ordinal);

    private static IEnumerable<Shared> Shared(SchemaDocument document, DatasetProfile reference, DatasetProfile data)
    {
        foreach (var entity in data.Entities)
        {
            if (reference.Entity(entity.Name) is not { } before || before.Level == QualityLevel.Basic || entity.Level == QualityLevel.Basic)
                continue;
            var keys = document.Entities.FirstOrDefault(one => one.Name == entity.Name) is { } definition ? PairTables.Keys(definition, document.Relationships) : [];
            foreach (var column in entity.Columns)
            {
                if (before.Column(column.Profile.Name) is { } other && other.Profile.Type == column.Profile.Type && other.Profile.IsArray == column.Profile.IsArray)
                    yield return new($"{entity.Name}.{column.Profile.Name}", other, column, keys.Contains(column.Profile.Name));
            }
        }
    }
}
