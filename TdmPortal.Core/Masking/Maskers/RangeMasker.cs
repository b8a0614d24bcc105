using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Numbers become the lower end, the middle or the upper end of a range of one width.</summary>
internal sealed class RangeMasker : ScaledNumbers
{
    private readonly double size;
    private readonly double shown;

    private RangeMasker(MaskerContext context, double size, double shown)
        : base(context) => (this.size, this.shown) = (size, shown);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("range", "Range of numbers", MaskerForm.Generalise, "A number becomes the beginning, middle or end of its range: 47 with ranges of 10 becomes 40.", MaskerForm.Numeric,
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "47", Create,
        [Number("size", "How wide a range is.", 10, 0.000001, 1e15), Option("show", "Which number of the range.", "from", "from", "middle", "to")], synonyms: "round, bin, generalise, salary, band");

    private static RangeMasker? Create(MaskerContext context)
    {
        var (width, show) = (context.Number("size"), context.Option("show"));
        return Refused(context) ? null : new RangeMasker(context, width, show switch { "middle" => width / 2, "to" => width, _ => 0 });
    }

    protected override double MaskValue(MaskBatch batch, int row, double value) => (Math.Floor(value / size) * size) + shown;
}
