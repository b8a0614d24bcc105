-- What is stored, day by day, and a switch that holds long work back.

create table portal.storage_sample (
    day date not null,
    team_id uuid not null references portal.team,
    version_bytes bigint not null,
    scratch_bytes bigint not null,
    archive_bytes bigint not null,
    primary key (day, team_id)
);
select portal.guard_by_team('storage_sample');
revoke insert, update, delete on portal.storage_sample from {{portal}};

create table portal.work_pause (
    only_one boolean primary key default true check (only_one),
    paused_by text not null,
    paused_at timestamptz not null,
    reason text check (length(reason) <= 200)
);
comment on table portal.work_pause is 'While its row is there no job is started; those that run go on to their end.';
grant select on portal.work_pause to {{portal}};
grant select, insert, update, delete on portal.work_pause to {{system}};

create index dataset_version_by_size on portal.dataset_version (bytes desc, id) where state = 'ready';
