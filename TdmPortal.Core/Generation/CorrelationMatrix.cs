using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>Makes correlations ready to draw from: the Cholesky factor of their matrix.</summary>
internal static class CorrelationMatrix
{
    /// <summary>The most that all correlations are weakened together so that numbers can have them.</summary>
    private const double MostWeakening = 0.1;

    /// <summary>Below this a field would follow from the others alone.</summary>
    private const double LeastPivot = 1e-9;

    /// <summary>
    /// The lower triangle, row by row. Matrices that were measured or typed pair by pair may ask for what no numbers have; then
    /// all correlations are weakened alike as little as helps, by at most a tenth. Null: even that does not.
    /// </summary>
    public static double[][]? Factor(CorrelationDefinition correlation)
    {
        for (var weakened = 0.0; weakened <= MostWeakening; weakened = weakened == 0 ? 0.0005 : weakened * 1.5)
        {
            if (Cholesky(correlation.Matrix, 1 - weakened) is { } factor)
                return factor;
        }

        return null;
    }

    private static double[][]? Cholesky(IReadOnlyList<IReadOnlyList<double>> matrix, double strength)
    {
        var factor = new double[matrix.Count][];
        for (var i = 0; i < factor.Length; i++)
        {
            factor[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                var sum = i == j ? 1 : matrix[i][j] * strength;
                for (var k = 0; k < j; k++)
                    sum -= factor[i][k] * factor[j][k];
                if (i != j)
                    factor[i][j] = sum / factor[j][j];
                else if (sum > LeastPivot)
                    factor[i][i] = Math.Sqrt(sum);
                else
                    return null;
            }
        }

        return factor;
    }
}
