using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>How many days a person's dates move, in columns and in texts alike.</summary>
internal sealed class PersonShift
{
    private readonly MaskingKey key;
    private readonly int? person;
    private readonly ColumnDescription? column;
    private readonly int days;
    private readonly int all;

    /// <summary>By the argument <c>person</c>.</summary>
    /// <param name="key">Of the identity whose dates move, where nobody is named.</param>
    /// <param name="days">How far at most, to either side.</param>
    public PersonShift(MaskerContext context, MaskingKey key, int days)
    {
        (this.key, this.days) = (context.ValuesOf("date_shift").Key, days);
        (person, column) = (context.Field("person", masked: false), context.FieldColumn("person"));
        all = Days(key.Number("all"u8));
    }

    /// <summary>Days by which the row's person is moved.</summary>
    public int Of(MaskBatch batch, int row) =>
        person is { } place && batch.Companion(place) is var persons && !persons.IsNull(row) ? Days(CellNumber.Of(key, persons, row, column!.Type, column.Scale)) : all;

    /// <summary>Never 0.</summary>
    private int Days(UInt128 number)
    {
        var step = (int)Randomness.Bounded((ulong)number, (ulong)(2 * days)) - days;
        return step < 0 ? step : step + 1;
    }
}
