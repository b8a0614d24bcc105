using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.Quality.Coverage;

/// <summary>Which cases of interest to testers a dataset contains, and which are missing (N11).</summary>
internal static class TestCoverage
{
    private const int MostItems = 200;

    /// <summary>Of all entities, in the order of the schema.</summary>
    public static CoverageReport Of(IEnumerable<CoveragePass> passes, DatasetProfile profile)
    {
        var groups = new List<CoverageGroup>();
        foreach (var pass in passes)
        {
            var (cases, found) = (pass.Cases, profile.Entity(pass.Cases.Name)!);
            foreach (var column in cases.Boundaries.Index().GroupBy(boundary => boundary.Item.Place))
                groups.Add(Group("boundaries", $"{cases.Name}.{found.Columns[column.Key].Profile.Name}", column.Select(boundary => new CoverageItem(boundary.Item.Name, pass.Boundaries[boundary.Index]))));
            groups.Add(Group("nulls", cases.Name, cases.Optional.Select(found.Column).OfType<ProfiledColumn>().Select(column => new CoverageItem($"{column.Profile.Name} without a value", column.Profile.Nulls))));
            groups.Add(Group("empty", cases.Name, cases.Texts.Select(found.Column).OfType<ProfiledColumn>().Select(column => new CoverageItem($"{column.Profile.Name} with an empty text", column.Profile.Empty))));
            foreach (var (place, listed) in cases.Enums.Index())
                groups.Add(Group("values", $"{cases.Name}.{listed.Name}", listed.Values.Select((value, code) => new CoverageItem($"{listed.Name} = {value}", pass.Values[place][code]))));
            foreach (var (place, (one, other)) in cases.Pairs.Index())
            {
                var (first, second) = (cases.Enums[one], cases.Enums[other]);
                groups.Add(Group("pairs", $"{cases.Name}.{first.Name} × {cases.Name}.{second.Name}", pass.Pairs[place].Select((rows, cell) => new CoverageItem($"{first.Values[cell / second.Values.Count]}, {second.Values[cell % second.Values.Count]}", rows))));
            }

            if (cases.States is { } states)
                groups.Add(Transitions(pass, cases.Name, cases.Enums[states.States]));
        }

        groups.RemoveAll(group => group.All == 0);
        var all = groups.Sum(group => group.All);
        return new(all == 0 ? null : (double)groups.Sum(group => group.Covered) / all, groups);
    }

    private static CoverageGroup Transitions(CoveragePass pass, string entity, EnumColumn states)
    {
        var (counts, width) = (pass.Transitions(), states.Values.Count);
        return Group("transitions", $"{entity}.{states.Name}", counts.Index().Where(cell => cell.Index / width != cell.Index % width).Select(cell => new CoverageItem($"{states.Values[cell.Index / width]} → {states.Values[cell.Index % width]}", cell.Item)));
    }

    /// <summary>What is missing first, then in the order of the schema.</summary>
    private static CoverageGroup Group(string kind, string place, IEnumerable<CoverageItem> items)
    {
        var all = items.ToList();
        return new(kind, place, all.Count(item => item.Rows > 0), all.Count, [.. all.OrderBy(item => item.Rows > 0).Take(MostItems)]);
    }
}
