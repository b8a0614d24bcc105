using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Preview;

/// <summary>The foot of a preview column.</summary>
/// <param name="Rows">How many rows it was counted over.</param>
/// <param name="Distinct">Different values among them, nulls not counted.</param>
/// <param name="NullShare">0..1.</param>
/// <param name="Min">As text; by value for numbers and times, by code point for text.</param>
/// <param name="Max">As <paramref name="Min"/>.</param>
public sealed record ColumnFigures(int Rows, int Distinct, double NullShare, string? Min, string? Max)
{
    public static IReadOnlyDictionary<string, ColumnFigures> Of(PreviewRows rows)
    {
        var all = new Dictionary<string, ColumnFigures>(StringComparer.Ordinal);
        for (var c = 0; c < rows.Columns.Count; c++)
        {
            var column = rows.Columns[c];
            var distinct = new HashSet<string>(StringComparer.Ordinal);
            var nulls = 0;
            string? min = null, max = null;
            foreach (var row in rows.Cells)
            {
                if (row[c] is not { } value)
                {
                    nulls++;
                    continue;
                }

                distinct.Add(value);
                if (min is null || Compare(column, value, min) < 0)
                    min = value;
                if (max is null || Compare(column, value, max) > 0)
                    max = value;
            }

            var ordered = !column.IsArray && column.Type is not (FieldType.Json or FieldType.Uuid or FieldType.Boolean);
            all[column.Name] = new(rows.Cells.Count, distinct.Count, rows.Cells.Count == 0 ? 0 : (double)nulls / rows.Cells.Count, ordered ? min : null, ordered ? max : null);
        }

        return all;
    }

    private static int Compare(ColumnDescription column, string left, string right) =>
        column.Type is FieldType.Integer or FieldType.Decimal or FieldType.Double
            && double.TryParse(left, CultureInfo.InvariantCulture, out var a) && double.TryParse(right, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(left, right);
}
