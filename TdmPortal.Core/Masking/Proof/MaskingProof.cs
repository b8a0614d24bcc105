using System.Globalization;

namespace TdmPortal.Core.Masking.Proof;

/// <summary>What a run proved. No original is in it.</summary>
/// <param name="Columns">Each column of the source, in its order.</param>
/// <param name="Groups">Each set of quasi-identifiers of the policy.</param>
public sealed record MaskingProof(IReadOnlyList<ColumnProof> Columns, IReadOnlyList<GroupProof> Groups)
{
    /// <summary>Whether all of it holds.</summary>
    public bool Holds => Columns.All(column => column.Holds) && Groups.All(group => group.Holds);

    /// <summary>One sentence for people.</summary>
    public string Verdict
    {
        get
        {
            var masked = Columns.Count(column => column.Masker is not null);
            var failing = Columns.Where(column => !column.Holds).ToList();
            if (failing.Count > 0)
                return string.Create(CultureInfo.InvariantCulture, $"Originals were found again in {failing.Count} of {masked} masked columns: {string.Join(", ", failing.Take(3).Select(column => $"{column.Entity}.{column.Field}"))}{(failing.Count > 3 ? ", …" : "")}.");
            var small = Groups.Where(group => !group.Holds).ToList();
            if (small.Count > 0)
            {
                var rows = small.Sum(group => group.FailingRows);
                return string.Create(CultureInfo.InvariantCulture, $"No original was found again, but {rows:N0} {(rows == 1 ? "row" : "rows")} of {string.Join(", ", small.Select(group => group.Asked.Entity).Distinct())} {(rows == 1 ? "hides" : "hide")} among too few others.");
            }
            return string.Create(CultureInfo.InvariantCulture, $"{masked} {(masked == 1 ? "column is" : "columns are")} masked; no original was found again.");
        }
    }
}
