using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Numbers;

namespace TdmPortal.Core.Generators.Addresses;

/// <summary>Latitude or longitude of the row's place, near the city's centre, to four decimals.</summary>
internal sealed class CoordinateSource(ulong key, PlaceTable table, bool latitude, NumberScale scale) : ValueSource
{
    public static ValueSource? Create(SourceContext context, bool latitude)
    {
        var key = AddressSource.PlaceKey(context);
        return context.Failed() ? null : new CoordinateSource(key, PlaceTable.Of(context.Locale), latitude, new(context));
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var bits = Randomness.Cell(key, rows[i]);
            var place = AddressSource.PlaceOf(table, bits);
            scale.Set(target, i, AddressSource.Nearby(latitude ? place.Latitude : place.Longitude, bits, latitude ? 1UL : 2UL) / 10000.0);
        }
    }
}
