using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Addresses;

/// <summary>A part of the row's address: all parts with the same <c>of</c> describe the same place and house.</summary>
internal sealed class AddressSource : TextSource
{
    private const int MaxNumber = 250;
    private readonly ulong key;
    private readonly AddressPart part;
    private readonly PlaceTable table;
    private readonly WordList streets;
    private readonly bool streetsFit = true;
    private readonly Place[] places;
    private readonly byte[] streetForm;
    private readonly byte[] lineForm;
    private readonly byte[] constant;
    private readonly byte[][]? distinct;

    private AddressSource(SourceContext context, AddressPart part, PlaceTable table)
        : base(1024)
    {
        (key, this.part, this.table) = (PlaceKey(context), part, table);
        streetForm = Encoding.UTF8.GetBytes(table.Country.Street);
        lineForm = Encoding.UTF8.GetBytes(table.Country.Line);
        constant = Encoding.UTF8.GetBytes(part switch
        {
            AddressPart.Country => table.Country.OwnName,
            AddressPart.CountryCode => table.Country.Code,
            AddressPart.CountryCode3 => table.Country.Code3,
            AddressPart.DialCode => table.Country.Dial,
            _ => "",
        });
        (streets, places) = (table.Streets, table.Places);
        if (context.MaxLength is { } length)
        {
            var fitting = table.Streets.Within(part == AddressPart.Street ? length - table.Country.Street.Length + 6 - 3 : length) as WordList;
            (streets, streetsFit) = (fitting ?? streets, fitting is not null);
        }

        distinct = Distinct(context.MaxLength ?? int.MaxValue);
    }

    public override UInt128? Capacity => part switch
    {
        AddressPart.Street or AddressPart.StreetName when !streetsFit => 0,
        AddressPart.Street => (UInt128)(streets.Words * MaxNumber),
        AddressPart.StreetName => streets.Count,
        _ => distinct is null ? null : (UInt128)distinct.Length,
    };

    public static ValueSource? Create(SourceContext context, AddressPart part)
    {
        var source = new AddressSource(context, part, PlaceTable.Of(context.Locale));
        return context.Failed() ? null : source;
    }

    /// <summary>The key that all fields about the same place share.</summary>
    public static ulong PlaceKey(SourceContext context) => Randomness.Derive(Randomness.Derive(context.EntityKey, "place"), context.OptionalText("of") ?? "");

    public static Place PlaceOf(PlaceTable table, ulong cell) => table.Places[(int)Randomness.Bounded(cell, (ulong)table.Places.Length)];

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        var text = (TextColumn)target;
        foreach (var rank in ranks)
        {
            if (distinct is not null)
            {
                text.Add(distinct[(int)rank]);
                continue;
            }

            var room = text.Reserve(1024);
            text.Advance(part == AddressPart.StreetName
                ? streets.Copy((int)rank, room)
                : Street(room, streets[(int)(rank % streets.Count)], (int)(rank / streets.Count) + 1));
            text.End();
        }
    }

    protected override void FillTexts(TextColumn target, ReadOnlySpan<long> rows, FillContext fill)
    {
        if (constant.Length > 0 || part == AddressPart.City)
            FillFrom(constant.Length > 0 ? new([constant]) : table.Cities, target, rows);
        else if (part == AddressPart.Street && streetForm is [(byte)'{', (byte)'n', (byte)'}', (byte)' ', (byte)'{', (byte)'s', (byte)'}'])
            FillStreets(target, rows);
        else
            base.FillTexts(target, rows, fill);
    }

    /// <summary>The text of the row's place, or the only one.</summary>
    private void FillFrom(TextTable texts, TextColumn target, ReadOnlySpan<long> rows)
    {
        ref var start = ref target.Room(rows.Length * texts.MaxBytes);
        var ends = target.Offsets.AsSpan(1, rows.Length);
        var (at, count) = (0, (ulong)texts.Count);
        for (var i = 0; i < rows.Length; i++)
        {
            at += texts.Copy((int)Randomness.Bounded(Randomness.Cell(key, rows[i]), count), ref Unsafe.Add(ref start, at));
            ends[i] = at;
        }

        target.Fill(at);
    }

    /// <summary>The number, a blank, the street.</summary>
    private void FillStreets(TextColumn target, ReadOnlySpan<long> rows)
    {
        ref var start = ref target.Room(rows.Length * (4 + streets.MaxBytes));
        var ends = target.Offsets.AsSpan(1, rows.Length);
        var at = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var more = Randomness.Next(Randomness.Cell(key, rows[i]), 0);
            at += DigitText.Write(ref Unsafe.Add(ref start, at), (ulong)Number(more));
            Unsafe.Add(ref start, at++) = (byte)' ';
            at += streets.Table.Copy(StreetIndex(more), ref Unsafe.Add(ref start, at));
            ends[i] = at;
        }

        target.Fill(at);
    }

    protected override int Write(long row, ulong cell, Span<byte> target)
    {
        if (constant.Length > 0)
        {
            constant.CopyTo(target);
            return constant.Length;
        }

        var bits = Randomness.Cell(key, row);
        var place = PlaceOf(table, bits);
        var more = Randomness.Next(bits, 0);
        switch (part)
        {
            case AddressPart.City:
                return Copy(place.City, target);
            case AddressPart.Region:
                return Copy(place.Region, target);
            case AddressPart.RegionCode:
                return Copy(place.RegionCode, target);
            case AddressPart.TimeZone:
                return Copy(place.TimeZone, target);
            case AddressPart.Postcode:
                return Postcode(place, bits, target);
            case AddressPart.StreetName:
                return Copy(streets[StreetIndex(more)], target);
            case AddressPart.BuildingNumber:
                return Utf8.Write((ulong)Number(more), target);
            case AddressPart.Street:
                return Street(target, streets[StreetIndex(more)], Number(more));
            case AddressPart.Coordinates:
                var at = Coordinate(place.Latitude, bits, 1, target);
                target[at++] = (byte)',';
                target[at++] = (byte)' ';
                return at + Coordinate(place.Longitude, bits, 2, target[at..]);
            default:
                return Line(place, bits, more, target);
        }
    }

    /// <summary>A coordinate within about four kilometres of the city's own, in ten-thousandths of a degree.</summary>
    public static long Nearby(double centre, ulong bits, ulong axis) =>
        (long)Math.Floor((centre * 10000) + 0.5) + (long)Randomness.Bounded(Randomness.Next(bits, axis), 801) - 400;

    private static int Coordinate(double centre, ulong bits, ulong axis, Span<byte> target)
    {
        var value = Nearby(centre, bits, axis);
        var at = 0;
        if (value < 0)
        {
            target[at++] = (byte)'-';
            value = -value;
        }

        at += Utf8.Write((ulong)value / 10000, target[at..]);
        target[at++] = (byte)'.';
        return at + Utf8.Write((ulong)value % 10000, target[at..], 4);
    }

    private int StreetIndex(ulong more) => (int)(((more >> 32) * (uint)streets.Words) >> 32);

    /// <summary>1 to 250, low numbers more often: the product of two.</summary>
    private static int Number(ulong more) => 1 + (int)((more & 0xFFFF) * ((more >> 16) & 0xFFFF) * MaxNumber >> 32);

    private int Street(Span<byte> target, ReadOnlySpan<byte> street, int number)
    {
        var at = 0;
        for (var i = 0; i < streetForm.Length; i++)
        {
            if (streetForm[i] != '{')
            {
                target[at++] = streetForm[i];
                continue;
            }

            at += streetForm[i + 1] == 's' ? Copy(street, target[at..]) : Utf8.Write((ulong)number, target[at..]);
            i += 2;
        }

        return at;
    }

    private int Line(Place place, ulong bits, ulong more, Span<byte> target)
    {
        var at = 0;
        for (var i = 0; i < lineForm.Length; i++)
        {
            if (lineForm[i] != '{')
            {
                target[at++] = lineForm[i];
                continue;
            }

            at += lineForm[i + 1] switch
            {
                (byte)'a' => Street(target[at..], streets[StreetIndex(more)], Number(more)),
                (byte)'p' => Postcode(place, bits, target[at..]),
                (byte)'c' => Copy(place.City, target[at..]),
                (byte)'k' => Copy(place.RegionCode, target[at..]),
                _ => Copy(place.Region, target[at..]),
            };
            i += 2;
        }

        return at;
    }

    private static int Postcode(Place place, ulong bits, Span<byte> target)
    {
        var draw = new Draw(Randomness.Next(bits, 3));
        for (var i = 0; i < place.Postcode.Length; i++)
        {
            target[i] = place.Postcode[i] switch
            {
                (byte)'#' => (byte)('0' + draw.Below(10)),
                (byte)'^' => "ABDEFGHJLNPQRSTUWXYZ"u8[draw.Below(20)],
                var other => other,
            };
        }

        return place.Postcode.Length;
    }

    private byte[][]? Distinct(int maxLength)
    {
        IEnumerable<byte[]>? values = part switch
        {
            _ when constant.Length > 0 => [constant],
            AddressPart.City => places.Select(place => place.City),
            AddressPart.Region => places.Select(place => place.Region),
            AddressPart.RegionCode => places.Select(place => place.RegionCode),
            AddressPart.TimeZone => places.Select(place => place.TimeZone),
            AddressPart.BuildingNumber => Enumerable.Range(1, MaxNumber).Select(number => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture))),
            _ => null,
        };
        return values is null ? null : [.. values.Select(Encoding.UTF8.GetString).Distinct(StringComparer.Ordinal).Where(text => text.EnumerateRunes().Count() <= maxLength).Select(Encoding.UTF8.GetBytes)];
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> target)
    {
        text.CopyTo(target);
        return text.Length;
    }
}
