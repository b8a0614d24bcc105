-- When datasets are refreshed, and every run of such a schedule. These rows are the truth: Quartz' triggers only say when to look at them.

create table portal.refresh_schedule (
    id uuid primary key,
    team_id uuid not null references portal.team,
    dataset_id uuid not null references portal.dataset on delete cascade,
    rule json not null,
    settings json not null,
    after_id uuid references portal.refresh_schedule on delete set null,
    paused boolean not null default false,
    revision integer not null default 1,
    watermark timestamptz not null,
    next_at timestamptz,
    zone_rules text not null,
    created_by text not null,
    created_at timestamptz not null,
    changed_by text not null,
    changed_at timestamptz not null,
    unique (dataset_id)
);
comment on column portal.refresh_schedule.after_id is 'The schedule whose success starts this one; null: its own rule does.';
comment on column portal.refresh_schedule.watermark is 'All runs planned up to here have been started, or left out.';
comment on column portal.refresh_schedule.next_at is 'The next planned run, by the rule and the tz database named in zone_rules; null while paused, chained, or without one.';
create index refresh_schedule_due on portal.refresh_schedule (next_at) where next_at is not null;
create index refresh_schedule_of_team on portal.refresh_schedule (team_id, next_at, id);
create index refresh_schedule_chain on portal.refresh_schedule (after_id) where after_id is not null;
select portal.guard_by_team('refresh_schedule');

create table portal.refresh_run (
    id uuid primary key,
    team_id uuid not null references portal.team,
    schedule_id uuid references portal.refresh_schedule on delete set null,
    dataset_id uuid not null references portal.dataset on delete cascade,
    chain_id uuid not null,
    planned_for timestamptz not null,
    cause text not null check (cause in ('planned', 'late', 'manual', 'chain')),
    state text not null check (state in ('waiting', 'queued', 'held', 'succeeded', 'failed', 'cancelled', 'missed')),
    not_before timestamptz not null,
    attempt integer not null default 0,
    settings json not null,
    job_id uuid references portal.job on delete set null,
    version_id uuid references portal.dataset_version on delete set null,
    version_number integer,
    seed bigint,
    as_of timestamptz,
    steps json not null default '[]',
    report json,
    error json,
    row_count bigint,
    bytes bigint,
    missed integer not null default 0,
    started_by_id uuid not null,
    started_by text not null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz
);
comment on column portal.refresh_run.chain_id is 'The run that began the chain; its own id where it did.';
comment on column portal.refresh_run.state is 'waiting: for its dataset to be free, or for the time of the next attempt; queued: its job waits or runs; held: its version is ready and goes live with the rest of the chain.';
comment on column portal.refresh_run.missed is 'How many planned runs before this one were left out because no portal ran, or because another took too long.';
create unique index refresh_run_once on portal.refresh_run (schedule_id, planned_for) where cause in ('planned', 'late');
create index refresh_run_of_dataset on portal.refresh_run (dataset_id, created_at desc, id desc);
create index refresh_run_of_team on portal.refresh_run (team_id, created_at desc, id desc);
create index refresh_run_open on portal.refresh_run (not_before, id) where state in ('waiting', 'queued', 'held');
create index refresh_run_of_chain on portal.refresh_run (chain_id);
create index refresh_run_of_job on portal.refresh_run (job_id);
select portal.guard_by_team('refresh_run');

alter table portal.dataset_version add column stable json;
comment on column portal.dataset_version.stable is 'What was made with another seed than the rest: {"seed": 1, "names": ["customer", "order.note"]}.';
