-- What people say of a version, and that somebody needs it until a day.

alter table portal.dataset_version
    add column note text check (length(note) <= 500),
    add column tags text[] collate "C" not null default '{}';
create index dataset_version_by_tag on portal.dataset_version using gin (tags) where state = 'ready';

create table portal.version_pin (
    id uuid primary key,
    team_id uuid not null references portal.team,
    version_id uuid not null references portal.dataset_version on delete cascade,
    user_id uuid not null references portal.app_user on delete cascade,
    reason text check (length(reason) <= 200),
    pinned_at timestamptz not null,
    until timestamptz not null
);
create index version_pin_of_version on portal.version_pin (version_id, until);
select portal.guard_by_team('version_pin');
-- One pins in one's own name.
create policy own_insert on portal.version_pin as restrictive for insert to {{portal}} with check (user_id = portal.current_actor());
