using TdmPortal.Core.Quality;

namespace TdmPortal.Web.Quality;

/// <summary>A column of a report beside the same column of an earlier report or of the reference.</summary>
/// <param name="Before">What it is compared with; null where there is nothing.</param>
/// <param name="Change">0: the same; 1: nothing in common. Null without something to compare with.</param>
public sealed record ColumnChange(string Entity, ColumnQuality Column, ColumnProfile? Before, double? Change)
{
    /// <summary>The greatest of: change of the share of nulls, distance of the shares, change of the share of different values.</summary>
    public static ColumnChange Of(string entity, ColumnQuality column, ColumnProfile? before)
    {
        var other = before ?? column.Reference;
        if (other is null)
            return new(entity, column, null, null);
        var profile = column.Profile;
        if (profile.Type != other.Type || profile.IsArray != other.IsArray)
            return new(entity, column, other, 1);
        double[] parts = [Math.Abs(NullShare(profile) - NullShare(other)), ColumnSpread.Of(profile, other)?.Distance ?? 0, Math.Abs(DistinctShare(profile) - DistinctShare(other))];
        return new(entity, column, other, parts.Max());
    }

    /// <summary>Of all rows, 0..1.</summary>
    public static double NullShare(ColumnProfile profile) => profile.Rows == 0 ? 0 : (double)profile.Nulls / profile.Rows;

    /// <summary>Different values of the rows that have one; where they were not counted or are estimated, 0, since an error is no change.</summary>
    private static double DistinctShare(ColumnProfile profile) => profile is { Distinct: { } distinct, DistinctError: 0 } && profile.Rows > profile.Nulls && distinct == profile.Rows - profile.Nulls ? 1 : 0;
}
