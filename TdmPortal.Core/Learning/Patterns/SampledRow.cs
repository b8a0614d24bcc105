namespace TdmPortal.Core.Learning.Patterns;

/// <summary>A row of a sample, aligned over all columns.</summary>
/// <param name="Draw">Random bits by which it was chosen.</param>
/// <param name="Number">Its place in the file.</param>
/// <param name="Numbers">By column, in the unit of a profile's mean, true as 1; NaN for null and for texts.</param>
/// <param name="Texts">By column; null for null and for numbers.</param>
internal sealed record SampledRow(ulong Draw, long Number, double[] Numbers, string?[] Texts)
{
    public bool IsNull(int column) => double.IsNaN(Numbers[column]) && Texts[column] is null;
}
