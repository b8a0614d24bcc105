namespace TdmPortal.Tests.Browser;

/// <summary>A schedule of a demo team's dataset with a history that else only weeks would bring: two runs that went well and one that failed.</summary>
internal static class RefreshDemo
{
    /// <summary>Adds them where they are not there yet, as soon as the team's first dataset is: the demo's are made in the background.</summary>
    public static Task AddAsync(BrowserFixture browser, string team) => browser.ExecuteAsync($$"""
        do $wait$ begin
            for attempt in 1..600 loop
                exit when exists (select from portal.dataset where team_key = '{{team}}' and deleted_at is null and current_version_id is not null);
                perform pg_sleep(.1);
            end loop;
        end $wait$;
        with dataset as (select * from portal.dataset where team_key = '{{team}}' and deleted_at is null and current_version_id is not null order by created_at limit 1),
        settings as (select json_build_object('schemaId', schema_id) as json from dataset),
        schedule as (
            insert into portal.refresh_schedule (id, team_id, dataset_id, rule, settings, watermark, zone_rules, created_by, created_at, changed_by, changed_at, next_at)
            select gen_random_uuid(), team_id, id, '{"cycle":"weekly","start":"2026-01-05","time":"06:00:00","zone":"Europe/Berlin","weekdays":["monday"]}', (select json from settings), now(), '2026a', '{{team}}-lead', now(), '{{team}}-lead', now(), '2031-01-06 05:00Z'
            from dataset on conflict (dataset_id) do nothing returning id, team_id, dataset_id, settings)
        insert into portal.refresh_run (id, team_id, schedule_id, dataset_id, chain_id, planned_for, cause, state, not_before, attempt, settings, steps, error, row_count, bytes, started_by_id, started_by, created_at, started_at, finished_at)
        select one.id, team_id, schedule.id, dataset_id, one.id, one.at, 'planned', one.state, one.at, 1, settings,
            ('[{"name":"check","startedAt":"' || to_char(one.at, 'YYYY-MM-DD') || 'T05:00:00Z","took":"00:00:02"},{"name":"build","startedAt":"' || to_char(one.at, 'YYYY-MM-DD') || 'T05:00:02Z","took":"00:01:10"},{"name":"validate","startedAt":"' || to_char(one.at, 'YYYY-MM-DD') || 'T05:01:12Z","took":"00:00:20"}]')::json,
            case when one.state = 'failed' then '{"code":"dataset.disk_full","message":"The disk is full.","suggestedActions":["Free some space."],"requestId":"abc123"}'::json end,
            one.rows, one.rows * 100, '00000000-0000-0000-0000-000000000000', 'portal', one.at, one.at, one.at + interval '92 seconds'
        from schedule, (values (gen_random_uuid(), timestamptz '2026-01-05 05:00Z', 'succeeded', 40000), (gen_random_uuid(), '2026-01-12 05:00Z', 'succeeded', 42000), (gen_random_uuid(), '2026-01-19 05:00Z', 'failed', null)) as one (id, at, state, rows)
        """);
}
