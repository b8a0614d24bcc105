using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.Quality.Fidelity;

/// <summary>Counts keys of an entity: its own and those of its parents.</summary>
/// <param name="groups">Places of the columns of each key.</param>
/// <param name="counts">One for each group.</param>
internal sealed class KeyPass(IReadOnlyList<int[]> groups, IReadOnlyList<KeyCounts> counts) : RowPass
{
    public override IReadOnlyList<int> Columns { get; } = [.. groups.SelectMany(group => group).Distinct()];

    public override SegmentPass Begin() => new Segment(groups);

    public override void Take(SegmentPass segment)
    {
        var hashes = ((Segment)segment).Hashes;
        for (var group = 0; group < hashes.Length; group++)
        {
            foreach (var hash in hashes[group])
            {
                if (hash == 0)
                    counts[group].AddNulls(1);
                else
                    counts[group].Add(hash);
            }
        }
    }

    /// <summary>A key with a null in it is none.</summary>
    private sealed class Segment(IReadOnlyList<int[]> groups) : SegmentPass
    {
        public List<ulong>[] Hashes { get; } = [.. groups.Select(_ => new List<ulong>())];

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            for (var group = 0; group < groups.Count; group++)
            {
                for (var row = 0; row < count; row++)
                    Hashes[group].Add(Of(columns, groups[group], row));
            }
        }

        private static ulong Of(IReadOnlyList<Column?> columns, int[] group, int row)
        {
            var hash = 0UL;
            foreach (var place in group)
            {
                if (columns[place]!.IsNull(row))
                    return 0;
                var cell = ValueHash.Of(columns[place]!, row);
                hash = group.Length == 1 ? cell : ValueHash.Combine(hash, cell);
            }

            return hash == 0 ? 1 : hash;
        }
    }
}
