-- How teams mask rows of their sources, with which keys, and what came of it. No value of a source is in any of these.

-- A team's keys. The highest number is the one in use; former ones stay, since what was masked with them can only be
-- understood by them.
create table portal.masking_key (
    team_id uuid not null references portal.team,
    number integer not null check (number > 0),
    -- Encrypted by data protection.
    sealed bytea not null,
    fingerprint text not null,
    reason text check (length(reason) <= 300),
    made_by text not null,
    made_at timestamptz not null,
    primary key (team_id, number)
);
select portal.guard_by_team('masking_key');

create table portal.masking_policy (
    id uuid primary key,
    team_id uuid not null references portal.team,
    name text collate "C" not null check (length(name) between 1 and 63),
    source_id uuid,
    version integer not null check (version > 0),
    changed_by text not null,
    changed_at timestamptz not null,
    unique (team_id, name)
);
select portal.guard_by_team('masking_policy');

create table portal.masking_policy_version (
    policy_id uuid not null references portal.masking_policy on delete cascade,
    version integer not null check (version > 0),
    team_id uuid not null references portal.team,
    -- json, not jsonb: arguments keep their order.
    policy json not null,
    rules integer not null,
    note text check (length(note) <= 300),
    changed_by text not null,
    changed_at timestamptz not null,
    primary key (policy_id, version)
);
create index on portal.masking_policy_version (team_id);
select portal.guard_by_team('masking_policy_version');

create table portal.masking_run (
    id uuid primary key,
    team_id uuid not null references portal.team,
    policy_id uuid references portal.masking_policy on delete set null,
    policy_name text not null,
    -- 0: a draft that was tried.
    policy_version integer not null check (policy_version >= 0),
    policy json not null,
    kind text not null check (kind in ('run', 'trial')),
    state text not null default 'waiting' check (state in ('waiting', 'running', 'stopped', 'failed', 'proved', 'unproved')),
    verdict text,
    source_id uuid,
    dataset_id uuid references portal.dataset on delete set null,
    version_id uuid references portal.dataset_version on delete set null,
    job_id uuid not null,
    key_number integer not null,
    decisions jsonb not null default '[]',
    identities jsonb not null default '[]',
    -- Personal columns (entity.field) that were not masked, or whose originals the proof found again: a lead must sign them off before the version goes live.
    open_columns text[] not null default '{}',
    drift jsonb,
    proof jsonb,
    error text,
    row_count bigint not null default 0,
    started_by text not null,
    started_at timestamptz not null,
    took_seconds double precision
);
create index masking_run_of_policy on portal.masking_run (policy_id, started_at desc, id desc);
create index masking_run_of_team on portal.masking_run (team_id, started_at desc, id desc);
create index on portal.masking_run (version_id);
create index on portal.masking_run (dataset_id);
create index on portal.masking_run (job_id);
select portal.guard_by_team('masking_run');
