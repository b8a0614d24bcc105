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
    private const double Day = 86_400;

    /// <summary>Figures and chart; changed cells are counted elsewhere.</summary>
    public async Task<ColumnComparison> CompareAsync(CancellationToken cancellation)
    {
        var comparison = new ColumnComparison { Name = after.Name, TypeBefore = before.SqlType, TypeAfter = after.SqlType };
        comparison = IsNumber(before) && IsNumber(after) ? await StretchesAsync(comparison, ColumnChartKind.Numbers, cancellation)
            : IsTime(before) && IsTime(after) ? await StretchesAsync(comparison, ColumnChartKind.Times, cancellation)
            : await ValuesAsync(comparison, cancellation);
        return comparison with { Surprise = SurpriseOf(comparison) };
    }

    private static double SurpriseOf(ColumnComparison comparison) => Core.Environments.Surprise.Of(
        [.. comparison.Chart?.Before ?? [], comparison.NullsBefore], [.. comparison.Chart?.After ?? [], comparison.NullsAfter]);

    private async Task<ColumnComparison> StretchesAsync(ColumnComparison comparison, ColumnChartKind kind, CancellationToken cancellation)
    {
        var (one, other) = (await RangeAsync(entity.BeforeTable, before, kind, cancellation), await RangeAsync(entity.AfterTable, after, kind, cancellation));
        comparison = comparison with { NullsBefore = one.Nulls, NullsAfter = other.Nulls, DistinctBefore = one.Distinct, DistinctAfter = other.Distinct };
        var (low, high) = (Math.Min(one.Low ?? double.MaxValue, other.Low ?? double.MaxValue), Math.Max(one.High ?? double.MinValue, other.High ?? double.MinValue));
        return low > high ? comparison : comparison with { Chart = await ChartAsync(kind, Number(before, kind), Number(after, kind), low, high, cancellation) };
    }

    /// <summary>Of each value how often it stands in either version; where no twenty values make up half of the rows, the lengths of the texts instead.</summary>
    private async Task<ColumnComparison> ValuesAsync(ColumnComparison comparison, CancellationToken cancellation)
    {
        var (one, other) = (ColumnSql.Text(before), ColumnSql.Text(after));
        await using var command = Command(FormattableString.Invariant($"""
            with counted as materialized (
                select v, count(*) filter (where late = 0) as b, count(*) filter (where late = 1) as a
                from (select {one} as v, 0 as late from {entity.BeforeTable} union all select {other}, 1 from {entity.AfterTable}) both_versions group by v)
            select coalesce(sum(b) filter (where v is null), 0)::bigint, coalesce(sum(a) filter (where v is null), 0)::bigint, count(v) filter (where b > 0), count(v) filter (where a > 0), count(v),
                coalesce(sum(a + b) filter (where v is not null), 0)::bigint, coalesce(sum(b) filter (where v is not null), 0)::bigint,
                (select coalesce(json_agg(json_build_object('value', left(v, {LongestLabel}), 'before', b, 'after', a)), '[]')::text from (select * from counted where v is not null order by a + b desc, v collate "C" limit {Bars}) frequent)
            from counted
            """));
        long values, rows, rowsBefore;
        List<Frequent> frequent;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            comparison = comparison with { NullsBefore = reader.GetInt64(0), NullsAfter = reader.GetInt64(1), DistinctBefore = reader.GetInt64(2), DistinctAfter = reader.GetInt64(3) };
            (values, rows, rowsBefore, frequent) = (reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), StoredJson.Read<List<Frequent>>(reader.GetString(7)));
        }

        if (rows == 0)
            return comparison;
        var (shownBefore, shownAfter) = (frequent.Sum(value => value.Before), frequent.Sum(value => value.After));
        if (values > Bars && (shownBefore + shownAfter) * 2 < rows)
            return comparison with { Chart = await LengthsAsync($"char_length({one})::double precision", $"char_length({other})::double precision", cancellation) };
        if (values > Bars)
            frequent.Add(new("all others", rowsBefore - shownBefore, rows - rowsBefore - shownAfter));
        return comparison with { Chart = new(ColumnChartKind.Values, [.. frequent.Select(value => value.Value)], [.. frequent.Select(value => value.Before)], [.. frequent.Select(value => value.After)]) };
    }

    private async Task<ColumnChart> LengthsAsync(string one, string other, CancellationToken cancellation)
    {
        await using var command = Command($"select least((select min({one}) from {entity.BeforeTable}), (select min({other}) from {entity.AfterTable})), greatest((select max({one}) from {entity.BeforeTable}), (select max({other}) from {entity.AfterTable}))");
        double low, high;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            (low, high) = (reader.GetDouble(0), reader.GetDouble(1));
        }

        return await ChartAsync(ColumnChartKind.Lengths, one, other, low, high, cancellation);
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

    private async Task<(long Nulls, long Distinct, double? Low, double? High)> RangeAsync(string table, ColumnDescription column, ColumnChartKind kind, CancellationToken cancellation)
    {
        var (name, number) = (ColumnSql.Name(column), Number(column, kind));
        var distinct = entity.Key is [var key] && key == column.Name ? $"count({name})" : $"(select count(*) from (select from {table} where {name} is not null group by {name}) as each_once)";
        await using var command = Command($"select count(*) - count({name}), {distinct}, min({number}), max({number}) from {table}");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetDouble(2), reader.IsDBNull(3) ? null : reader.GetDouble(3));
    }

    /// <summary>Generation takes as long as it takes; a cancelled job ends its statement.</summary>
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

    private static string Number(ColumnDescription column, ColumnChartKind kind) =>
        kind == ColumnChartKind.Times ? $"extract(epoch from {ColumnSql.Name(column)})::double precision" : $"{ColumnSql.Name(column)}::double precision";

    private static bool IsNumber(ColumnDescription column) => !column.IsArray && column.Type is (FieldType.Integer or FieldType.Decimal or FieldType.Double);

    private static bool IsTime(ColumnDescription column) => !column.IsArray && column.Type is (FieldType.Date or FieldType.Timestamp or FieldType.Time);

    private sealed record Frequent(string Value, long Before, long After);
}
