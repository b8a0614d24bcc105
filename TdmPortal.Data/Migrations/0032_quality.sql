-- What is asked of the data of a schema, and what reports found.

-- A team's rules for a schema that it uses; each save is a version. None: they are derived from the schema.
create table portal.quality_rules (
    team_id uuid not null references portal.team,
    schema_id uuid not null references portal.schema,
    version integer not null check (version > 0),
    -- json, not jsonb: arguments keep their order.
    rules json not null,
    note text check (length(note) <= 300),
    changed_by uuid references portal.app_user,
    changed_at timestamptz not null,
    primary key (team_id, schema_id, version)
);
create index on portal.quality_rules (schema_id);
select portal.guard_by_team('quality_rules');

-- One report a version, the latest one. Its figures stay when the version goes, so that the history does.
create table portal.quality_report (
    id uuid primary key,
    team_id uuid not null references portal.team,
    dataset_id uuid not null references portal.dataset on delete cascade,
    version_id uuid unique references portal.dataset_version on delete set null,
    version_number integer not null,
    level text not null check (level in ('basic', 'standard', 'premium')),
    score double precision check (score between 0 and 1),
    metrics jsonb not null,
    -- The columns that score least, with their scores.
    worst jsonb not null,
    rules integer not null,
    failed_rules integer not null,
    missing_scenarios integer not null,
    passed boolean not null,
    rules_version integer not null,
    reference_number integer,
    row_count bigint not null,
    took_seconds double precision not null,
    origin text not null check (origin in ('generated', 'refreshed', 'asked')),
    created_by text not null,
    created_at timestamptz not null
);
comment on column portal.quality_report.version_id is 'Null: the version is gone, or did not pass the gate and never was ready.';
comment on column portal.quality_report.rules_version is '0: derived from the schema.';
create index quality_report_by_time on portal.quality_report (dataset_id, created_at desc, id desc);
create index quality_report_of_team on portal.quality_report (team_id, created_at desc, id desc);
select portal.guard_by_team('quality_report');

-- The whole report, and what the next one compares with. Both hold values of rows, and go with them.
create table portal.quality_detail (
    report_id uuid primary key references portal.quality_report on delete cascade,
    team_id uuid not null references portal.team,
    version_id uuid references portal.dataset_version on delete cascade,
    report jsonb not null,
    profile bytea
);
create index on portal.quality_detail (version_id);
create index on portal.quality_detail (team_id);
select portal.guard_by_team('quality_detail');

-- What is known and may stay as it is for a while.
create table portal.accepted_finding (
    id uuid primary key,
    team_id uuid not null references portal.team,
    dataset_id uuid not null references portal.dataset on delete cascade,
    kind text not null check (kind in ('rule', 'scenario')),
    name text not null check (length(name) between 1 and 120),
    reason text not null check (length(reason) between 1 and 300),
    owner text not null check (length(owner) between 1 and 100),
    expires_at timestamptz not null,
    accepted_by text not null,
    accepted_at timestamptz not null,
    unique (dataset_id, kind, name)
);
create index on portal.accepted_finding (team_id);
select portal.guard_by_team('accepted_finding');
