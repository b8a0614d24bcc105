using System.Text.Json;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Numbers become the lower bound of the bucket that they fall into.</summary>
internal sealed class BucketMasker : ScaledNumbers
{
    private readonly double[] bounds;

    private BucketMasker(MaskerContext context, double[] bounds)
        : base(context) => this.bounds = bounds;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("bucket", "Buckets", MaskerForm.Generalise, "A number becomes the lower bound of its bucket: 34,000 with bounds 0, 20,000 and 50,000 becomes 20,000; what is below all of them becomes the lowest.", MaskerForm.Numeric,
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "34000", Create, [new("bounds", ArgumentKind.Numbers, "The lower bounds, in rising order.") { Required = true }], """{"bounds":[0,20000,50000]}""", "class, category, bin, salary, income");

    private static BucketMasker? Create(MaskerContext context)
    {
        double[] given = context.Argument("bounds") is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().All(bound => bound.ValueKind == JsonValueKind.Number)
            ? [.. list.EnumerateArray().Select(bound => bound.GetDouble())]
            : [];
        if (given.Length == 0 || given.Zip(given.Skip(1)).Any(pair => !(pair.First < pair.Second)))
            context.Refuse("bounds", "must be a list of numbers in rising order");
        return Refused(context) ? null : new BucketMasker(context, given);
    }

    protected override double MaskValue(MaskBatch batch, int row, double value)
    {
        var found = Array.BinarySearch(bounds, value);
        return bounds[Math.Max(found < 0 ? ~found - 1 : found, 0)];
    }
}
