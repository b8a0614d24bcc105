using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Fidelity;

/// <summary>Pairs of an entity's columns, counted in its sample. Keys, foreign keys and texts that are no categories go with nothing.</summary>
internal static class PairTables
{
    /// <summary>Columns that are paired, the first ones.</summary>
    private const int MostColumns = 40;

    /// <summary>All pairs, coded by the entity's own values.</summary>
    public static IReadOnlyList<PairTable> Of(EntityDefinition definition, IEnumerable<RelationshipDefinition> relationships, EntityProfile profile)
    {
        if (profile.Sample is not { } sample)
            return [];
        var keys = Keys(definition, relationships);
        var columns = profile.Columns.Index().Where(column => !keys.Contains(column.Item.Profile.Name))
            .Select(column => (Place: column.Index, column.Item.Profile.Name, Codes: ColumnCodes.Of(column.Item))).Where(column => column.Codes is not null).Take(MostColumns)
            .Select(column => new Coded(column.Name, column.Place, column.Codes!.IsNumber, column.Codes.Encode(sample, column.Place))).ToList();
        return [.. columns.SelectMany((one, place) => columns.Skip(place + 1), (one, other) => Count(sample, one, other))];
    }

    /// <summary>A pair of a sample, coded by the values of a reference.</summary>
    public static PairTable? Of(EntityProfile profile, EntityProfile reference, PairTable wanted)
    {
        if (profile.Sample is not { } sample || Column(wanted.First) is not { } one || Column(wanted.Second) is not { } other || one.IsNumber != IsNumber(wanted.First) || other.IsNumber != IsNumber(wanted.Second))
            return null;
        return Count(sample, one, other);

        bool IsNumber(string name) => reference.Column(name)!.Distribution is not null;

        Coded? Column(string name)
        {
            var place = profile.Columns.Index().FirstOrDefault(column => column.Item.Profile.Name == name, (-1, null!)).Index;
            return place < 0 || ColumnCodes.Of(reference.Column(name)!) is not { } codes || codes.IsNumber != sample.IsNumber[place] ? null : new(name, place, codes.IsNumber, codes.Encode(sample, place));
        }
    }

    /// <summary>Fields that say which row it is, or which parent.</summary>
    public static HashSet<string> Keys(EntityDefinition definition, IEnumerable<RelationshipDefinition> relationships) =>
        [.. definition.PrimaryKey, .. definition.Fields.Where(field => field.Unique).Select(field => field.Name), .. definition.Unique.Where(group => group.Count == 1).Select(group => group[0]), .. relationships.Where(relationship => relationship.From.Entity == definition.Name).SelectMany(relationship => relationship.From.Fields)];

    private static PairTable Count(RowSample sample, Coded one, Coded other)
    {
        if (one.IsNumber && other.IsNumber)
            return new(one.Name, other.Name, true, Pearson(sample, one.Place, other.Place), [], []);
        var counts = new int[ColumnCodes.Most * ColumnCodes.Most];
        for (var place = 0; place < one.Codes.Length; place++)
            counts[(one.Codes[place] * ColumnCodes.Most) + other.Codes[place]]++;
        var cells = Enumerable.Range(0, counts.Length).Where(cell => counts[cell] > 0).ToList();
        return new(one.Name, other.Name, false, CramersV(counts, cells), cells, [.. cells.Select(cell => counts[cell])]);
    }

    /// <summary>Over rows where both are there; null where one is constant.</summary>
    private static double? Pearson(RowSample sample, int one, int other)
    {
        var (n, meanX, meanY, xx, yy, xy) = (0L, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var place = 0; place < sample.Rows.Count; place++)
        {
            var (x, y) = (sample.Number(one, place), sample.Number(other, place));
            if (double.IsNaN(x) || double.IsNaN(y))
                continue;
            n++;
            var (offX, offY) = (x - meanX, y - meanY);
            meanX += offX / n;
            meanY += offY / n;
            xx += offX * (x - meanX);
            yy += offY * (y - meanY);
            xy += offX * (y - meanY);
        }

        return xx <= 0 || yy <= 0 ? null : Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1);
    }

    /// <summary>Cramér's V over rows where both are there: sqrt(χ² / n / (the lesser number of different values - 1)).</summary>
    private static double? CramersV(int[] counts, List<int> cells)
    {
        var (rows, columns, n) = (new double[ColumnCodes.Most], new double[ColumnCodes.Most], 0.0);
        foreach (var cell in cells.Where(BothThere))
        {
            rows[cell / ColumnCodes.Most] += counts[cell];
            columns[cell % ColumnCodes.Most] += counts[cell];
            n += counts[cell];
        }

        var fewest = Math.Min(rows.Count(row => row > 0), columns.Count(column => column > 0));
        if (fewest < 2)
            return null;
        // χ² = n (Σ o² / (row · column) - 1), which needs no cells that are empty.
        var sum = cells.Where(BothThere).Sum(cell => (double)counts[cell] * counts[cell] / rows[cell / ColumnCodes.Most] / columns[cell % ColumnCodes.Most]);
        return Math.Sqrt(Math.Clamp((sum - 1) / (fewest - 1), 0, 1));

        static bool BothThere(int cell) => cell / ColumnCodes.Most > 0 && cell % ColumnCodes.Most > 0;
    }

    private sealed record Coded(string Name, int Place, bool IsNumber, byte[] Codes);
}
