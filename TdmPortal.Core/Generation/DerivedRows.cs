using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>How many rows an entity has whose relationship decides them.</summary>
public static class DerivedRows
{
    /// <summary>Children of all parents, and those without a parent on top; <see cref="long.MaxValue"/> where that is no number.</summary>
    /// <param name="deciding">A relationship that <see cref="RelationshipDefinition.DecidesRows"/>.</param>
    /// <param name="parents">Rows of the parent, 0 or more.</param>
    public static long Of(RelationshipDefinition deciding, long parents)
    {
        var (min, max) = (deciding.Distribution!.Min ?? 0, deciding.Distribution.Max ?? 1);
        return parents * (double)max > long.MaxValue / 4 ? long.MaxValue : OrphanRows.RowsFor(PerParentLink.Total(parents, min, max), deciding.NullPercent ?? 0);
    }
}
