using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Numbers in a column, in their own unit.</summary>
internal static class Figures
{
    /// <summary>An integer or decimal; one of more than 28 digits is an error of the row.</summary>
    public static decimal Exact(Column column, int row, FieldDefinition field)
    {
        var value = column is LongColumn longs ? longs.Values[row] : ((WideColumn)column).Values[row];
        return (decimal)value / (decimal)PowersOfTen.Wide(field.Type == FieldType.Decimal ? field.Scale ?? 2 : 0);
    }

    /// <summary>Any number.</summary>
    public static double Of(Column column, int row, double unit) => column switch
    {
        DoubleColumn doubles => doubles.Values[row],
        LongColumn longs => longs.Values[row] / unit,
        _ => (double)((WideColumn)column).Values[row] / unit,
    };

    /// <summary>What a value of the column is divided by.</summary>
    public static double Unit(FieldDefinition field) => field.Type == FieldType.Decimal ? (double)PowersOfTen.Wide(field.Scale ?? 2) : 1;

    /// <summary>For people: up to six digits behind the point.</summary>
    public static string Text(double value) => value.ToString(Math.Abs(value) is < 1e-4 and > 0 or >= 1e15 ? "G6" : "#,0.######", CultureInfo.InvariantCulture);
}
