using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking.Proof;

/// <summary>Finds the masked values of some groups.</summary>
internal sealed class GroupTextPass(IReadOnlyList<ColumnDescription> descriptions, int[] fields, IReadOnlySet<ulong> groups) : RowPass
{
    public Dictionary<ulong, IReadOnlyList<string?>> Values { get; } = [];

    public override IReadOnlyList<int> Columns { get; } = fields;

    public override SegmentPass Begin() => new Segment(descriptions, fields, groups);

    public override void Take(SegmentPass segment)
    {
        foreach (var (group, values) in ((Segment)segment).Values)
            Values.TryAdd(group, values);
    }

    private sealed class Segment(IReadOnlyList<ColumnDescription> descriptions, int[] fields, IReadOnlySet<ulong> groups) : SegmentPass
    {
        public Dictionary<ulong, IReadOnlyList<string?>> Values { get; } = [];

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            for (var row = 0; row < count; row++)
            {
                var group = GroupPass.GroupOf(columns, fields, 0, row);
                if (groups.Contains(group) && !Values.ContainsKey(group))
                    Values[group] = [.. fields.Select(field => CellText.Of(columns[field]!, row, descriptions[field]))];
            }
        }
    }
}
