using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking.Proof;

/// <summary>Looks up cells of columns: masked ones in the filter of the originals, or originals among the candidates that came of that.</summary>
/// <param name="by">Columns before the first that is looked at.</param>
/// <param name="confirm">Originals among the candidates, else masked ones in the filter.</param>
internal sealed class CandidatePass(IReadOnlyList<ColumnState> columns, int by, bool confirm) : RowPass
{
    public override IReadOnlyList<int> Columns { get; } = [.. columns.Select(column => column.Place + by)];

    public override SegmentPass Begin() => new Segment(columns, by, confirm);

    public override void Take(SegmentPass segment)
    {
        var found = ((Segment)segment).Found;
        for (var i = 0; i < columns.Count; i++)
        {
            var state = columns[i];
            foreach (var (hash, rows) in found[i])
            {
                if (confirm)
                    state.Confirmed.Add(hash);
                else if (state.Candidates.TryGetValue(hash, out var known))
                    state.Candidates[hash] = known + rows;
                else if (state.Candidates.Count < ColumnState.MostCandidates)
                    state.Candidates.Add(hash, rows);
                else
                    state.Beyond += rows;
            }
        }
    }

    private sealed class Segment(IReadOnlyList<ColumnState> states, int by, bool confirm) : SegmentPass
    {
        public Dictionary<UInt128, long>[] Found { get; } = [.. states.Select(_ => new Dictionary<UInt128, long>())];

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            for (var i = 0; i < Found.Length; i++)
            {
                var (state, column) = (states[i], columns[states[i].Place + by]!);
                for (var row = 0; row < count; row++)
                {
                    if (column.IsNull(row) || CellKey.IsEmpty(column, row))
                        continue;
                    if (!confirm && !state.Originals!.MayHold(CellKey.Of(column, row)))
                        continue;
                    var whole = CellKey.Whole(column, row);
                    if (!confirm || state.Candidates.ContainsKey(whole))
                        Found[i][whole] = Found[i].GetValueOrDefault(whole) + 1;
                }
            }
        }
    }
}
