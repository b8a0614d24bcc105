using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Fidelity;

/// <summary>Whether rows of the reference are in the data, as they are or nearly. Figures of their own: likeness and privacy pull apart.</summary>
internal static class PrivacyMeasures
{
    private const int MostCompared = 10_000;
    private const int MostMeasured = 500;
    private const int MostNear = 2000;
    private const int LeastColumns = 3;
    private const double Tolerance = 0.01;
    private const int MostNamed = 5;
    private const ulong BaselineKey = 0x0B5E_11E5_0D15_7A9C;

    /// <summary>Level premium of both; nothing otherwise.</summary>
    public static IEnumerable<FidelityProperty> Of(SchemaDocument document, DatasetProfile reference, DatasetProfile data)
    {
        var (rows, distances) = (new List<FidelityDetail>(), new List<FidelityDetail>());
        foreach (var entity in data.Entities)
        {
            if (entity.Sample is not { Rows.Count: > 0 } sample || reference.Entity(entity.Name) is not { Sample: { Rows.Count: > 0 } other } before || document.Entities.FirstOrDefault(one => one.Name == entity.Name) is not { } definition)
                continue;
            var columns = Columns(PairTables.Keys(definition, document.Relationships), before, entity);
            if (columns.Count < LeastColumns)
            {
                var why = $"fewer than {LeastColumns} columns to tell rows by (keys and texts that are no categories aside)";
                rows.Add(new(entity.Name, "NewRowSynthesis", null, why));
                distances.Add(new(entity.Name, "DCRBaselineProtection", null, why));
                continue;
            }

            rows.Add(NewRows(entity.Name, columns, other.Thinned(MostCompared), sample.Thinned(MostCompared)));
            distances.Add(Distances(entity.Name, columns, other.Thinned(MostNear), sample.Thinned(MostMeasured)));
        }

        yield return ReferenceComparison.Property("New rows (privacy)", rows, inScore: false);
        yield return ReferenceComparison.Property("Distance to the closest record (privacy)", distances, inScore: false);
    }

    private static List<Compared> Columns(HashSet<string> keys, EntityProfile reference, EntityProfile data)
    {
        var columns = new List<Compared>();
        foreach (var (place, column) in data.Columns.Index())
        {
            var name = column.Profile.Name;
            var other = reference.Columns.Index().FirstOrDefault(one => one.Item.Profile.Name == name, (-1, null!));
            if (other.Index < 0 || other.Item.Profile.Type != column.Profile.Type || keys.Contains(name))
                continue;
            if (column.Distribution is not null && other.Item.Distribution is { Count: > 0 } spread)
                columns.Add(new(name, place, other.Index, spread, column.Profile.Type is FieldType.Date or FieldType.Time or FieldType.Timestamp, other.Item));
            else if (ColumnCodes.IsCategory(other.Item))
                columns.Add(new(name, place, other.Index, null, false, other.Item));
        }

        return columns;
    }

    /// <summary>Share of rows that no row of the reference agrees with in all columns: numbers by 1 % of the row's, all else exactly.</summary>
    private static FidelityDetail NewRows(string entity, List<Compared> columns, RowSample reference, RowSample data)
    {
        var numbers = columns.Where(column => column.Spread is not null).ToList();
        var exact = columns.Where(column => column.Spread is null || column.IsTime).ToList();
        var buckets = Enumerable.Range(0, reference.Rows.Count).ToLookup(row => exact.Aggregate(1UL, (hash, column) => ValueHash.Combine(hash, reference.Hash(column.Other, row))));
        var (matched, named) = (0, new List<string>());
        for (var row = 0; row < data.Rows.Count; row++)
        {
            var key = exact.Aggregate(1UL, (hash, column) => ValueHash.Combine(hash, data.Hash(column.Place, row)));
            var found = -1;
            foreach (var candidate in buckets[key])
            {
                if (!Agrees(numbers, reference, candidate, data, row))
                    continue;
                found = candidate;
                break;
            }

            if (found < 0)
                continue;
            matched++;
            if (named.Count < MostNamed)
                named.Add(FormattableString.Invariant($"row {data.Rows[row]} is row {reference.Rows[found]} of the reference"));
        }

        return new(entity, "NewRowSynthesis", 1 - ((double)matched / data.Rows.Count), matched == 0 ? null : string.Join(", ", named) + (matched > named.Count ? FormattableString.Invariant($", … ({matched} in all)") : ""));
    }

    private static bool Agrees(List<Compared> numbers, RowSample reference, int candidate, RowSample data, int row)
    {
        foreach (var column in numbers)
        {
            var (one, other) = (data.Number(column.Place, row), reference.Number(column.Other, candidate));
            if (double.IsNaN(one) != double.IsNaN(other) || Math.Abs(one - other) > (column.IsTime ? 0 : Tolerance * Math.Abs(one)))
                return false;
        }

        return true;
    }

    /// <summary>Median distance of rows to the closest of the reference over that of rows drawn evenly between the reference's ends, at most 1.</summary>
    private static FidelityDetail Distances(string entity, List<Compared> columns, RowSample reference, RowSample data)
    {
        var known = columns.ConvertAll(column => Enumerable.Range(0, reference.Rows.Count).Select(row => column.Value(reference, column.Other, row)).ToArray());
        var (near, even) = (new double[data.Rows.Count], new double[data.Rows.Count]);
        var cells = new double[columns.Count];
        for (var row = 0; row < data.Rows.Count; row++)
        {
            for (var c = 0; c < cells.Length; c++)
                cells[c] = columns[c].Value(data, columns[c].Place, row);
            near[row] = Closest(columns, known, cells);
            for (var c = 0; c < cells.Length; c++)
                cells[c] = columns[c].Drawn(Randomness.Cell(Randomness.Derive(BaselineKey, columns[c].Name), row));
            even[row] = Closest(columns, known, cells);
        }

        var baseline = Median(even);
        return baseline <= 0 ? new(entity, "DCRBaselineProtection", null, "rows drawn evenly are in the reference as well") : new(entity, "DCRBaselineProtection", Math.Min(1, Median(near) / baseline));
    }

    /// <summary>The least mean difference over columns (J. C. Gower, 1971), 0..1.</summary>
    private static double Closest(List<Compared> columns, List<double[]> known, double[] cells)
    {
        var closest = (double)columns.Count;
        for (var row = 0; row < known[0].Length; row++)
        {
            var sum = 0.0;
            for (var c = 0; c < cells.Length && sum < closest; c++)
                sum += columns[c].Apart(cells[c], known[c][row]);
            closest = Math.Min(closest, sum);
        }

        return closest / columns.Count;
    }

    private static double Median(double[] numbers)
    {
        Array.Sort(numbers);
        return (numbers[(numbers.Length - 1) / 2] + numbers[numbers.Length / 2]) / 2;
    }

    /// <param name="Place">In the data.</param>
    /// <param name="Other">In the reference.</param>
    /// <param name="Spread">The reference's; null for categories.</param>
    private sealed record Compared(string Name, int Place, int Other, Distribution? Spread, bool IsTime, ProfiledColumn Reference)
    {
        private readonly Dictionary<ulong, int> categories = Spread is null ? Enumerable.Range(0, Reference.Values.Hashes.Length).ToDictionary(place => Reference.Values.Hashes[place] is 0 ? 1 : Reference.Values.Hashes[place], place => place) : [];
        private readonly double width = Spread is null ? 0 : Spread.Greatest - Spread.Least;
        private readonly double nulls = (double)Reference.Profile.Nulls / Math.Max(1, Reference.Profile.Rows);

        /// <summary>A number, a category's place (-1: one that the reference does not have), or NaN for null.</summary>
        public double Value(RowSample sample, int column, int row) => Spread is not null ? sample.Number(column, row)
            : sample.Hash(column, row) is var hash and > 0 ? categories.GetValueOrDefault(hash, -1) : double.NaN;

        /// <summary>A value by 64 random bits.</summary>
        public double Drawn(ulong random)
        {
            var share = (random >> 11) * (1.0 / (1UL << 53));
            if (share < nulls)
                return double.NaN;
            share = (Randomness.Next(random, 0) >> 11) * (1.0 / (1UL << 53));
            return Spread is not null ? Spread.Least + (share * width) : Math.Floor(share * categories.Count);
        }

        public double Apart(double one, double other)
        {
            if (double.IsNaN(one) || double.IsNaN(other))
                return double.IsNaN(one) == double.IsNaN(other) ? 0 : 1;
            if (Spread is null || width <= 0)
                return one == other ? 0 : 1;
            return Math.Min(Math.Abs(one - other) / width, 1);
        }
    }
}
