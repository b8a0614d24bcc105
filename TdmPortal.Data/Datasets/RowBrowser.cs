using Npgsql;
using NpgsqlTypes;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;

namespace TdmPortal.Data.Datasets;

/// <summary>Reads windows of stored rows under the team's reader role: by row number or keyset, never by OFFSET.</summary>
public sealed class RowBrowser(PortalDatabase database, SortIndexes indexes, ViewedRows viewed)
{
    /// <summary>Most rows of one window.</summary>
    public const int MaxTake = 1000;
    /// <summary>Matching rows are counted up to here.</summary>
    public const int CountLimit = 10_000;
    /// <summary>A table that is read as fast without an index.</summary>
    internal const long SmallTable = 20_000;
    private const string Row = "\"" + StoredTable.RowNumber + "\"";

    /// <summary>One window of rows, with cursors to the ones beside it.</summary>
    /// <exception cref="NotFoundException">No such version or entity, or another team's.</exception>
    /// <exception cref="PortalException">dataset.bad_filter, dataset.unknown_column, dataset.bad_cursor, dataset.query_timeout</exception>
    public async Task<RowPage> ReadAsync(Actor actor, Guid versionId, string entity, RowQuery query, CancellationToken cancellation)
    {
        var version = await StoredVersion.FindAsync(database, actor, versionId, cancellation);
        var (described, place) = version.Entity(entity);
        var select = new RowSelect(version, described, query);
        await viewed.RecordAsync(actor, version.About, entity, cancellation);
        return await ReadRowsAsync(actor, async (connection, token) => select.IsPositional
            ? await ReadPositionsAsync(connection, select, token)
            : await ReadWindowAsync(connection, select, place, token), cancellation);
    }

    /// <summary>Makes sure that an index serves the sort or filter on a column; reports 0..1. Returns at once where there is one or none is needed.</summary>
    public async Task EnsureIndexAsync(Actor actor, Guid versionId, string entity, string column, IProgress<double>? progress, CancellationToken cancellation)
    {
        var version = await StoredVersion.FindAsync(database, actor, versionId, cancellation);
        var (described, place) = version.Entity(entity);
        var sorted = StoredVersion.Column(described, column);
        if (described.Rows > SmallTable)
            await indexes.EnsureAsync(version, described, place, sorted, progress, cancellation);
        progress?.Report(1);
    }

    /// <summary>
    /// Looks for a value in all columns of all entities: equal in columns of numbers, dates and the like, anywhere inside
    /// (whatever the case) in texts. At most <paramref name="take"/> hits an entity.
    /// </summary>
    public async Task<IReadOnlyList<RowHit>> FindAsync(Actor actor, Guid versionId, string value, int take, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Contains('\0', StringComparison.Ordinal))
            return [];
        var version = await StoredVersion.FindAsync(database, actor, versionId, cancellation);
        // Not the value: it may be somebody's name.
        await database.RecordAsync(AuditSource.Of(actor), AuditAction.RowsSearched, version.About, new { value.Length }, cancellation);
        var hits = new List<RowHit>();
        foreach (var entity in version.Entities)
            hits.AddRange(await ReadRowsAsync(actor, (connection, token) => FindAsync(connection, version, entity, value, Math.Clamp(take, 1, MaxTake), token), cancellation));
        return hits;
    }

    /// <summary>What refers to a row: for each foreign key to its entity the number of children, counted up to <see cref="CountLimit"/>.</summary>
    /// <exception cref="NotFoundException">No such row.</exception>
    public async Task<IReadOnlyList<RowUse>> UsesAsync(Actor actor, Guid versionId, string entity, long rowNumber, CancellationToken cancellation)
    {
        var version = await StoredVersion.FindAsync(database, actor, versionId, cancellation);
        var parent = version.Entity(entity).Entity;
        if (parent.ReferencedBy.Count == 0)
            return [];
        await viewed.RecordAsync(actor, version.About, entity, cancellation);
        var columns = parent.ReferencedBy.Select(reference =>
        {
            var child = version.Entity(reference.FromEntity).Entity;
            var join = string.Join(" AND ", reference.FromFields.Zip(reference.ToFields, (from, to) => $"child.{ColumnSql.Name(StoredVersion.Column(child, from))} = parent.{ColumnSql.Name(StoredVersion.Column(parent, to))}"));
            return $"(SELECT count(*) FROM (SELECT 1 FROM {version.Table(child)} child WHERE {join} LIMIT {Invariant(CountLimit + 1)}) counted)";
        });
        return await ReadRowsAsync(actor, async (connection, token) =>
        {
            await using var command = new NpgsqlCommand($"SELECT {string.Join(", ", columns)} FROM {version.Table(parent)} parent WHERE {Row} = $1", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = rowNumber, NpgsqlDbType = NpgsqlDbType.Bigint });
            await using var reader = await command.ExecuteReaderAsync(token);
            if (!await reader.ReadAsync(token))
                throw new NotFoundException($"Row {Invariant(rowNumber)} of {entity}");
            return parent.ReferencedBy.Select((reference, index) => new RowUse(reference, Math.Min(reader.GetInt64(index), CountLimit), reader.GetInt64(index) <= CountLimit)).ToList();
        }, cancellation);
    }

    private static async Task<RowPage> ReadPositionsAsync(NpgsqlConnection connection, RowSelect select, CancellationToken cancellation)
    {
        var (first, take) = (Math.Max(0, select.Query.FirstRow), Take(select.Query));
        await using var command = new NpgsqlCommand($"SELECT {Row}, {select.Texts} FROM {select.Table} WHERE {Row} >= $1 AND {Row} < $2 ORDER BY {Row}", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = first, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter { Value = first > long.MaxValue - take ? long.MaxValue : first + take, NpgsqlDbType = NpgsqlDbType.Bigint });
        var rows = new RowBuffer(select.Columns.Count, keyed: false);
        await rows.ReadAsync(command, cancellation);
        return rows.ToPage(select.Columns, null, null, select.Entity.Rows, exact: true, missingIndex: null);
    }

    private async Task<RowPage> ReadWindowAsync(NpgsqlConnection connection, RowSelect select, int place, CancellationToken cancellation)
    {
        var cursor = RowCursor.Parse(select.Query.Cursor);
        var backwards = cursor?.Backwards ?? false;
        var take = Take(select.Query);
        var missing = await MissingIndexAsync(connection, select, place, cancellation);
        var values = new SqlValues();
        var where = select.Where(values);
        var order = backwards ? select.Order.Reversed : select.Order;
        var rows = new RowBuffer(select.Columns.Count, keyed: true);
        foreach (var stretch in order.Stretches(cursor is { Row: RowCursor.Edge } ? null : cursor, values))
        {
            if (rows.Count > take)
                break;
            var condition = string.Join(" AND ", new[] { where, stretch }.Where(part => part.Length > 0));
            var sql = $"SELECT {Row}, {select.Texts}, {select.SortKey} FROM {select.Table}{(condition.Length > 0 ? " WHERE " + condition : "")} ORDER BY {order.Clause} LIMIT {Invariant(take + 1 - rows.Count)}";
            await using var command = values.Command(connection, sql);
            await rows.ReadAsync(command, cancellation);
        }

        var more = rows.Count > take;
        rows.Trim(take);
        if (backwards)
            rows.Reverse();
        var (matching, exact) = await CountAsync(connection, select, cursor, cancellation);
        var previous = backwards ? more : cursor is not null;
        var next = backwards ? cursor is not { Row: RowCursor.Edge } : more;
        return rows.ToPage(select.Columns, previous ? rows.CursorAt(0, backwards: true) : null, next ? rows.CursorAt(rows.Count - 1, backwards: false) : null, matching, exact, missing);
    }

    /// <summary>Once a filter, on its first page, and only so far as is quick.</summary>
    private static async Task<(long? Count, bool Exact)> CountAsync(NpgsqlConnection connection, RowSelect select, RowCursor? cursor, CancellationToken cancellation)
    {
        if (!select.IsFiltered)
            return (select.Entity.Rows, true);
        if (cursor is not null)
            return (null, false);
        var values = new SqlValues();
        var sql = $"SELECT count(*) FROM (SELECT 1 FROM {select.Table} WHERE {select.Where(values)} LIMIT {Invariant(CountLimit + 1)}) counted";
        await using var count = values.Command(connection, sql);
        var found = (long)(await count.ExecuteScalarAsync(cancellation))!;
        return (Math.Min(found, CountLimit), found <= CountLimit);
    }

    private async Task<string?> MissingIndexAsync(NpgsqlConnection connection, RowSelect select, int place, CancellationToken cancellation)
    {
        if (select.Entity.Rows <= SmallTable)
            return null;
        foreach (var column in select.IndexedBy)
        {
            if (!await indexes.ExistsAsync(connection, select.Version, select.Entity, place, column, cancellation))
                return column.Name;
        }

        return null;
    }

    private static async Task<List<RowHit>> FindAsync(NpgsqlConnection connection, StoredVersion version, DatasetEntity entity, string value, int take, CancellationToken cancellation)
    {
        var values = new SqlValues();
        var pattern = values.Add("%" + FilterSql.Escape(value) + "%");
        var conditions = new List<(ColumnDescription Column, string Sql)>();
        foreach (var column in entity.Columns)
        {
            if (column.IsArray || column.Type is Core.Schemas.FieldType.String or Core.Schemas.FieldType.Json)
                conditions.Add((column, $"{ColumnSql.Text(column)} ILIKE {pattern}"));
            else if (FilterSql.Parse(column, value) is { } parsed)
                conditions.Add((column, $"{ColumnSql.Name(column)} = {values.Add(parsed)}::{ColumnSql.Type(column)}"));
        }

        if (conditions.Count == 0)
            return [];
        var cells = string.Join(", ", conditions.Select(condition => $"CASE WHEN {condition.Sql} THEN {ColumnSql.Text(condition.Column)} END"));
        await using var command = values.Command(connection, $"SELECT {Row}, {cells} FROM {version.Table(entity)} WHERE {string.Join(" OR ", conditions.Select(condition => condition.Sql))} LIMIT {Invariant(take)}");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var hits = new List<RowHit>();
        while (hits.Count < take && await reader.ReadAsync(cancellation))
        {
            for (var index = 0; index < conditions.Count && hits.Count < take; index++)
            {
                if (!reader.IsDBNull(index + 1))
                    hits.Add(new RowHit(entity.Name, conditions[index].Column.Name, reader.GetInt64(0), reader.GetString(index + 1)));
            }
        }

        return hits;
    }

    private async Task<T> ReadRowsAsync<T>(Actor actor, Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            return await database.ReadRowsAsync(actor, async (connection, token) =>
            {
                await using (var command = new NpgsqlCommand("SET LOCAL statement_timeout = '10s'", connection))
                    await command.ExecuteNonQueryAsync(token);
                return await read(connection, token);
            }, cancellation);
        }
        catch (PostgresException error) when (RowErrors.Explains(error))
        {
            throw RowErrors.Explain(error);
        }
    }

    private static int Take(RowQuery query) => Math.Clamp(query.Take, 1, MaxTake);

    private static string Invariant(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
