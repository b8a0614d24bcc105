-- What a team may set for itself, and what administrators allow it to keep.

alter table portal.team
    add column default_locale text not null default 'en',
    add column contacts text not null default '' check (length(contacts) <= 1000);
comment on column portal.team.contacts is 'Whom to ask, in the team''s own words.';

-- Null: without a bound. The row is locked while something is reserved, so that two who ask at once cannot both have the rest.
create table portal.team_quota (
    team_id uuid primary key references portal.team,
    rows bigint check (rows >= 0),
    bytes bigint check (bytes >= 0),
    versions integer check (versions >= 0),
    locked_at timestamptz
);
insert into portal.team_quota (team_id) select id from portal.team;
select portal.guard_by_team('team_quota');
revoke insert, update, delete on portal.team_quota from {{portal}};
grant update (locked_at) on portal.team_quota to {{portal}};

-- What a job will add to what its team keeps: counted while it waits or runs; once it completed its version counts itself.
alter table portal.job
    add column reserved_rows bigint not null default 0,
    add column reserved_bytes bigint not null default 0,
    add column reserved_versions integer not null default 0;

create index dataset_version_use on portal.dataset_version (team_id) include (row_count, bytes) where state = 'ready';
