using System.Globalization;
using Npgsql;
using TdmPortal.Core.Environments;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Environments;

/// <summary>How a column's values are spread in two versions, counted by the database over the same bars.</summary>
internal sealed class ColumnSpread(NpgsqlConnection connection, ComparedEntity entity, ColumnDescription before, ColumnDescription after)
{
    /// <summary>Bars of a chart, the one for all other values aside.</summary>
    private const int Bars = 20;
    private const int LongestLabel = 60;
    /// <summary>Where there are more, they are not counted one by one.</summary>
    private const int MostValues = 1000;
    private const double Day = 86_400;

    /// <summary>Figures and chart; changed cells are counted elsewhere.</summary>
    public async Task<ColumnComparison> CompareAsync(CancellationToken cancellation)
    {
        var kind = IsNumber(before) && IsNumber(after) ? ColumnChartKind.Numbers : IsTime(before) && IsTime(after) ? ColumnChartKind.Times : ColumnChartKind.Lengths;
        var (one, other) = (await RangeAsync(entity.BeforeTable, before, kind, cancellation), await RangeAsync(entity.AfterTable, after, kind, cancellation));
        var comparison = new ColumnComparison
        {
            Name = after.Name, TypeBefore = before.SqlType, TypeAfter = after.SqlType,
            NullsBefore = one.Nulls, NullsAfter = other.Nulls, DistinctBefore = one.Distinct, DistinctAfter = other.Distinct,
        };
        var (low, high) = (Math.Min(one.Low ?? double.MaxValue, other.Low ?? double.MaxValue), Math.Max(one.High ?? double.MinValue, other.High ?? double.MinValue));
        if (low <= high)
        {
            var values = kind == ColumnChartKind.Lengths && Math.Max(one.Distinct, other.Distinct) <= MostValues ? await ValuesAsync(comparison, cancellation) : null;
            comparison = comparison with { Chart = values ?? await ChartAsync(kind, Number(before, kind), Number(after, kind), low, high, cancellation) };
        }

        return comparison with { Surprise = Core.Environments.Surprise.Of([.. comparison.Chart?.Before ?? [], one.Nulls], [.. comparison.Chart?.After ?? [], other.Nulls]) };
    }

    /// <summary>The most frequent values, and all others as one bar; null where those that are shown make up less than half of the rows.</summary>
    private async Task<ColumnChart?> ValuesAsync(ColumnComparison comparison, CancellationToken cancellation)
    {
        var rows = (Before: entity.Before.Rows - comparison.NullsBefore, After: entity.After.Rows - comparison.NullsAfter);
        await using var command = Command(FormattableString.Invariant($"""
            select left(v, {LongestLabel}), count(*) filter (where late = 0), count(*) filter (where late = 1)
            from (select {ColumnSql.Text(before)} as v, 0 as late from {entity.BeforeTable} union all select {ColumnSql.Text(after)}, 1 from {entity.AfterTable}) both_versions
            where v is not null group by v order by count(*) desc, v collate "C" limit {Bars + 1}
            """));
        var (labels, one, other) = (new List<string>(), new List<long>(), new List<long>());
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                labels.Add(reader.GetString(0));
                one.Add(reader.GetInt64(1));
                other.Add(reader.GetInt64(2));
            }
        }

        if (labels.Count > Bars)
        {
            (labels[Bars], one[Bars], other[Bars]) = ("all others", rows.Before - one.Take(Bars).Sum(), rows.After - other.Take(Bars).Sum());
            if ((one[Bars] + other[Bars]) * 2 > rows.Before + rows.After)
                return null;
        }

        return new(ColumnChartKind.Values, labels, one, other);
    }

    private async Task<ColumnChart> ChartAsync(ColumnChartKind kind, string one, string other, double low, double high, CancellationToken cancellation)
    {
        // Whole numbers and days are not cut in pieces: a bar holds as many as another.
        var unit = kind == ColumnChartKind.Lengths || (kind == ColumnChartKind.Numbers && before.Type == FieldType.Integer && after.Type == FieldType.Integer) ? 1 : before.Type == FieldType.Date && after.Type == FieldType.Date ? Day : 0;
        var width = unit > 0 ? Math.Max(1, Math.Ceiling(((high - low) / unit + 1) / Bars)) * unit : (high - low) / Bars;
        var bars = width <= 0 ? 1 : unit > 0 ? (int)Math.Floor((high - low) / width) + 1 : Bars;
        var labels = Enumerable.Range(0, bars).Select(bar => Label(kind, low + (bar * width), width)).ToList();
        return new(kind, labels, await CountAsync(entity.BeforeTable, one, low, width, bars, cancellation), await CountAsync(entity.AfterTable, other, low, width, bars, cancellation));
    }

    private async Task<IReadOnlyList<long>> CountAsync(string table, string number, double low, double width, int bars, CancellationToken cancellation)
    {
        await using var command = Command($"select least($1, floor(({number} - $2) / $3))::integer as bar, count(*) from {table} where {number} is not null group by bar");
        command.Parameters.Add(new NpgsqlParameter { Value = (double)(bars - 1) });
        command.Parameters.Add(new NpgsqlParameter { Value = low });
        command.Parameters.Add(new NpgsqlParameter { Value = width > 0 ? width : 1 });
        var counts = new long[bars];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            counts[reader.GetInt32(0)] = reader.GetInt64(1);
        return counts;
    }

    /// <summary>Nulls, different values (texts by 64 bits of each) and how far the numbers reach, in one go.</summary>
    private async Task<(long Nulls, long Distinct, double? Low, double? High)> RangeAsync(string table, ColumnDescription column, ColumnChartKind kind, CancellationToken cancellation)
    {
        var (name, number) = (ColumnSql.Name(column), Number(column, kind));
        var distinct = entity.Key is [var key] && key == column.Name ? name : $"distinct {(kind == ColumnChartKind.Lengths ? $"hashtextextended({ColumnSql.Text(column)}, 0)" : name)}";
        await using var command = Command($"select count(*) - count({name}), count({distinct}), min({number}), max({number}) from {table}");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetDouble(2), reader.IsDBNull(3) ? null : reader.GetDouble(3));
    }

    /// <summary>Counting takes as long as it takes; a cancelled job ends its statement.</summary>
    private NpgsqlCommand Command(string sql) => new(sql, connection) { CommandTimeout = 0 };

    private string Label(ColumnChartKind kind, double from, double width)
    {
        if (kind != ColumnChartKind.Times)
            return from.ToString("N" + Math.Clamp(width >= 1 && width == Math.Floor(width) ? 0 : (int)Math.Ceiling(1 - Math.Log10(Math.Max(width, 1e-9))), 0, 9).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var at = DateTime.UnixEpoch.AddSeconds(from);
        var format = (after.Type == FieldType.Time, width) switch
        {
            (true, _) => "HH:mm",
            (_, >= Day) => "yyyy-MM-dd",
            (_, >= 60) => "yyyy-MM-dd HH:mm",
            _ => "yyyy-MM-dd HH:mm:ss",
        };
        return at.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Number(ColumnDescription column, ColumnChartKind kind) => kind switch
    {
        ColumnChartKind.Times => $"date_part('epoch', {ColumnSql.Name(column)})",
        ColumnChartKind.Numbers => $"{ColumnSql.Name(column)}::double precision",
        _ => $"char_length({ColumnSql.Text(column)})::double precision",
    };

    private static bool IsNumber(ColumnDescription column) => !column.IsArray && column.Type is (FieldType.Integer or FieldType.Decimal or FieldType.Double);

    private static bool IsTime(ColumnDescription column) => !column.IsArray && column.Type is (FieldType.Date or FieldType.Timestamp or FieldType.Time);
}
