namespace TdmPortal.Tests.Generation;

internal static class ChiSquare
{
    public static double Statistic(double[] observed, double[] expected) =>
        observed.Zip(expected, (seen, wanted) => (seen - wanted) * (seen - wanted) / wanted).Sum();
}
