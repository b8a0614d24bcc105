using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Storage;

/// <summary>What is stored, by team, dataset and version, for administrators.</summary>
public sealed class StorageStore(PortalDatabase database, DiskSpace disk)
{
    private const int DaysShown = 90;

    /// <summary>Versions that rules no longer keep, as the dry run of a dataset says.</summary>
    private const string Going = """
        select v.id, v.dataset_id, v.team_id, v.bytes from (select version.*, row_number() over (partition by dataset_id order by number desc) as place from portal.dataset_version version where state = 'ready') v
        join portal.retention_rule r on r.dataset_id = v.dataset_id join portal.dataset d on d.id = v.dataset_id and d.deleted_at is null
        where v.id is distinct from d.current_version_id and v.place > r.keep_versions and not (r.keep_tagged and cardinality(v.tags) > 0) and v.created_at <= now() - make_interval(days => r.keep_days)
            and not exists (select from portal.version_pin p where p.version_id = v.id and p.until > now()) and not exists (select from portal.scratch_copy s where s.version_id = v.id)
        """;

    private const string Teams = """
        select t.id, t.name, t.id as team_id, t.name as team, null::uuid as dataset_id, coalesce(v.versions, 0) as versions, coalesce(v.bytes, 0) as version_bytes, coalesce(s.bytes, 0) as scratch_bytes, coalesce(a.bytes, 0) as archive_bytes, coalesce(g.bytes, 0) as freed_bytes
        from portal.team t
        left join (select team_id, count(*) as versions, sum(bytes)::bigint as bytes from portal.dataset_version where state = 'ready' group by team_id) v on v.team_id = t.id
        left join (select team_id, sum(bytes)::bigint as bytes from portal.scratch_copy where state <> 'ended' group by team_id) s on s.team_id = t.id
        left join (select team_id, sum(archive_bytes)::bigint as bytes from portal.version_archive group by team_id) a on a.team_id = t.id
        left join (select team_id, sum(bytes)::bigint as bytes from going group by team_id) g on g.team_id = t.id
        """;

    private const string Datasets = """
        select d.id, d.name, d.team_id, t.name as team, d.id as dataset_id, coalesce(v.versions, 0) as versions, coalesce(v.bytes, 0) as version_bytes, coalesce(s.bytes, 0) as scratch_bytes, coalesce(a.bytes, 0) as archive_bytes, coalesce(g.bytes, 0) as freed_bytes
        from portal.dataset d join portal.team t on t.id = d.team_id
        left join (select dataset_id, count(*) as versions, sum(bytes)::bigint as bytes from portal.dataset_version where state = 'ready' group by dataset_id) v on v.dataset_id = d.id
        left join (select version.dataset_id, sum(copy.bytes)::bigint as bytes from portal.scratch_copy copy join portal.dataset_version version on version.id = copy.version_id where copy.state <> 'ended' group by version.dataset_id) s on s.dataset_id = d.id
        left join (select dataset_id, sum(archive_bytes)::bigint as bytes from portal.version_archive group by dataset_id) a on a.dataset_id = d.id
        left join (select dataset_id, sum(bytes)::bigint as bytes from going group by dataset_id) g on g.dataset_id = d.id
        where d.deleted_at is null
        """;

    private const string Versions = """
        select v.id, d.name || ' v' || v.number as name, v.team_id, t.name as team, v.dataset_id, 1::bigint as versions, v.bytes as version_bytes, coalesce((select sum(copy.bytes)::bigint from portal.scratch_copy copy where copy.version_id = v.id and copy.state <> 'ended'), 0) as scratch_bytes,
            0::bigint as archive_bytes, case when g.id is null then 0 else v.bytes end as freed_bytes
        from portal.dataset_version v join portal.dataset d on d.id = v.dataset_id and d.deleted_at is null join portal.team t on t.id = v.team_id left join going g on g.id = v.id where v.state = 'ready'
        """;

    /// <summary>Lines of one level, paged in the database.</summary>
    /// <param name="after">Opaque: where the page before ended.</param>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task<Page<StorageLine>> ListAsync(Actor admin, StorageLevel level, StorageOrder order, string? after, int take, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        var lines = level switch { StorageLevel.Team => Teams, StorageLevel.Dataset => Datasets, _ => Versions };
        var byName = order == StorageOrder.Name;
        var sorted = order switch { StorageOrder.Name => "name", StorageOrder.Freed => "freed_bytes", _ => "(version_bytes + scratch_bytes + archive_bytes)" };
        var (value, last) = Cursor(after);
        var condition = last is null ? "true" : byName ? "(name, id) > ({0}, {1})" : string.Create(CultureInfo.InvariantCulture, $"({sorted} < {{0}}::bigint or ({sorted} = {{0}}::bigint and id > {{1}}))");
        object[] values = last is null ? [take + 1] : [byName ? value! : long.Parse(value!, CultureInfo.InvariantCulture), last.Value, take + 1];
        var sql = $$"""with going as ({{Going}}), lines as ({{lines}}) select id, name, team_id, team, dataset_id, versions, version_bytes, scratch_bytes, archive_bytes, freed_bytes from lines where {{condition}} order by {{sorted}} {{(byName ? "" : "desc")}}, id limit {{{(last is null ? "0" : "2")}}}""";
        return await database.ReadAsSystemAsync(async (context, token) =>
        {
            var found = (await context.Database.SqlQueryRaw<Line>(sql, values).ToListAsync(token))
                .ConvertAll(line => new StorageLine(line.id, line.name, line.team_id, line.team, line.dataset_id, line.versions, line.version_bytes, line.scratch_bytes, line.archive_bytes, line.freed_bytes));
            return new Page<StorageLine>(found.Take(take).ToList(), found.Count > take ? Cursor(found[take - 1], order) : null, null);
        }, cancellation);
    }

    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task<StorageSummary> SummaryAsync(Actor admin, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        var free = await disk.FreeAsync(cancellation);
        return await database.ReadAsSystemAsync(async (context, token) =>
        {
            var now = await context.Database.SqlQueryRaw<Total>($"""
                with going as ({Going}), lines as ({Teams}) select coalesce(sum(version_bytes), 0)::bigint as version_bytes, coalesce(sum(scratch_bytes), 0)::bigint as scratch_bytes, coalesce(sum(archive_bytes), 0)::bigint as archive_bytes,
                    coalesce(sum(freed_bytes), 0)::bigint as freed_bytes, (select count(*) from going) as freed_versions, pg_database_size(current_database()) as database_bytes, current_date as day from lines
                """).SingleAsync(token);
            var since = now.day.AddDays(-DaysShown);
            var days = await context.Set<StoredStorageSample>().AsNoTracking().Where(sample => sample.Day > since && sample.Day < now.day).GroupBy(sample => sample.Day)
                .Select(sample => new StorageDay(sample.Key, sample.Sum(team => team.VersionBytes), sample.Sum(team => team.ScratchBytes), sample.Sum(team => team.ArchiveBytes))).ToListAsync(token);
            return new StorageSummary(now.version_bytes, now.scratch_bytes, now.archive_bytes, now.database_bytes, free, now.freed_bytes, now.freed_versions,
                [.. days.OrderBy(day => day.Day), new StorageDay(now.day, now.version_bytes, now.scratch_bytes, now.archive_bytes)]);
        }, cancellation);
    }

    /// <summary>Notes what each team takes, once a day. Any node may call it at any time.</summary>
    public Task<int> SampleAsync(CancellationToken cancellation) => database.MaintainAsync((context, token) => context.Database.ExecuteSqlRawAsync($"""
        with going as (select null::uuid as id, null::uuid as dataset_id, null::uuid as team_id, 0::bigint as bytes where false), lines as ({Teams})
        insert into portal.storage_sample (day, team_id, version_bytes, scratch_bytes, archive_bytes)
        select current_date, id, version_bytes, scratch_bytes, archive_bytes from lines where not exists (select from portal.storage_sample where day = current_date)
        on conflict do nothing
        """, token), cancellation);

    private Task DemandAsync(Actor admin, CancellationToken cancellation) => database.DemandAsync(admin, admin.IsAdmin, "Only administrators see what all teams store.", cancellation);

    private static string Cursor(StorageLine line, StorageOrder order) => string.Create(CultureInfo.InvariantCulture, $"{line.Id:N}{order switch { StorageOrder.Name => line.Name, StorageOrder.Freed => line.FreedBytes.ToString(CultureInfo.InvariantCulture), _ => line.Bytes.ToString(CultureInfo.InvariantCulture) }}");

    private static (string? Value, Guid? Id) Cursor(string? after) => after is { Length: > 32 } && Guid.TryParseExact(after[..32], "N", out var id) ? (after[32..], id) : (null, null);

#pragma warning disable IDE1006, SA1300 // names of columns
    private sealed record Line(Guid id, string name, Guid team_id, string team, Guid? dataset_id, long versions, long version_bytes, long scratch_bytes, long archive_bytes, long freed_bytes);
    private sealed record Total(long version_bytes, long scratch_bytes, long archive_bytes, long freed_bytes, long freed_versions, long database_bytes, DateOnly day);
#pragma warning restore IDE1006, SA1300
}
