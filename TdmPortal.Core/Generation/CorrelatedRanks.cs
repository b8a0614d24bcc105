namespace TdmPortal.Core.Generation;

/// <summary>
/// The random numbers of a field that goes together with others: the rank of a normal number that is put together from
/// those of the fields before it and its own. A pure function of the row number, like any other draw.
/// </summary>
/// <param name="fields">Those before it, and itself at the end.</param>
/// <param name="weights">Its row of the Cholesky factor, as long.</param>
internal sealed class CorrelatedRanks(FieldNode[] fields, double[] weights)
{
    private const double Step = 1.0 / (1UL << 53);

    /// <summary>Ranks between 0 and 2⁶⁴, evenly spread.</summary>
    /// <param name="keyOf">The key that a field is drawn with.</param>
    public void Fill(ReadOnlySpan<long> rows, Span<ulong> ranks, Func<FieldNode, ulong> keyOf)
    {
        var keys = new ulong[fields.Length];
        for (var field = 0; field < keys.Length; field++)
            keys[field] = keyOf(fields[field]);
        for (var i = 0; i < rows.Length; i++)
        {
            if (keys.Length == 1)
            {
                ranks[i] = Randomness.Cell(keys[0], rows[i]);
                continue;
            }

            var normal = 0.0;
            for (var field = 0; field < keys.Length; field++)
                normal += weights[field] * DeterministicMath.NormalQuantile(((Randomness.Cell(keys[field], rows[i]) >> 11) + 0.5) * Step);
            // Both tails are told apart as finely as doubles can.
            var share = DeterministicMath.NormalShare(normal);
            ranks[i] = share >= 1 - Step ? ulong.MaxValue : (ulong)(share * 18446744073709551616.0);
        }
    }

    /// <summary>A rank as a share between 0 and 1, both excluded.</summary>
    public static double Share(ulong rank) => ((rank >> 11) + 0.5) * Step;
}
