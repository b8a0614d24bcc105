using System.Globalization;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>What a column's stored numbers mean: stored / <see cref="PerUnit"/> is in the unit of <see cref="ColumnProfile.Mean"/>.</summary>
internal static class NumberUnit
{
    /// <summary>Whether values are numbers or times.</summary>
    public static bool Is(ColumnDescription column) => !column.IsArray && column.Type is FieldType.Integer or FieldType.Decimal or FieldType.Double or FieldType.Date or FieldType.Time or FieldType.Timestamp;

    public static double PerUnit(ColumnDescription column) => column.Type switch
    {
        FieldType.Decimal => (double)PowersOfTen.Wide(column.Scale),
        FieldType.Time or FieldType.Timestamp => 1_000_000,
        _ => 1,
    };

    /// <summary>The text of a number in the unit; a whole day, microsecond or last digit is the nearest.</summary>
    public static string Text(double number, ColumnDescription column)
    {
        if (column.Type is FieldType.Double)
            return number.ToString("G6", CultureInfo.InvariantCulture);
        var stored = Math.Round(number * PerUnit(column));
        return column.Type is FieldType.Decimal && column.Precision > 18
            ? Text((Int128)stored, column)
            : Text((long)Math.Clamp(stored, long.MinValue, long.MaxValue), column);
    }

    public static string Text(long stored, ColumnDescription column)
    {
        using var one = new LongColumn();
        one.Reset(1);
        one.Values[0] = stored;
        return CellText.Of(one, 0, column)!;
    }

    public static string Text(Int128 stored, ColumnDescription column)
    {
        using var one = new WideColumn();
        one.Reset(1);
        one.Values[0] = stored;
        return CellText.Of(one, 0, column)!;
    }

    /// <summary>Exactly, as a double is stored.</summary>
    public static string Exact(double number, ColumnDescription column)
    {
        using var one = new DoubleColumn();
        one.Reset(1);
        one.Values[0] = number;
        return CellText.Of(one, 0, column)!;
    }
}
