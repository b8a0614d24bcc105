-- Writable private copies of versions: a schema and a login each, for one person or pipeline, until a time.

create table portal.scratch_copy (
    id uuid primary key,
    number bigint generated always as identity unique,
    team_id uuid not null references portal.team,
    -- Kept as long as the copy: a reset takes the rows from it again.
    version_id uuid not null references portal.dataset_version,
    user_id uuid not null references portal.app_user,
    name text not null check (length(name) between 1 and 60),
    schema_name text collate "C" unique,
    role_name text collate "C" unique,
    state text not null check (state in ('building', 'ready', 'full', 'ended')),
    job_id uuid references portal.job on delete set null,
    quota_bytes bigint not null check (quota_bytes > 0),
    bytes bigint not null default 0,
    created_at timestamptz not null,
    filled_at timestamptz,
    expires_at timestamptz not null
);
comment on column portal.scratch_copy.state is 'building: its job fills it; full: it outgrew its quota and its login is closed; ended: the sweeper drops it.';
comment on column portal.scratch_copy.filled_at is 'When its rows were last taken from the version.';
create index scratch_copy_of_team on portal.scratch_copy (team_id, created_at desc, id desc);
create index scratch_copy_of_version on portal.scratch_copy (version_id);
select portal.guard_by_team('scratch_copy');
-- Each has a schema and a role in the server: only the portal itself makes, changes and ends them.
revoke insert, update, delete on portal.scratch_copy from {{portal}};
