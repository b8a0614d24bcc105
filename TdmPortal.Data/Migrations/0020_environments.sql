-- Team environments: which version of a dataset is live, and a login of the team's own.

-- One stretch of time in which a version was live.
create table portal.publication (
    id bigint generated always as identity primary key,
    team_id uuid not null references portal.team,
    dataset_id uuid not null references portal.dataset on delete cascade,
    version_id uuid references portal.dataset_version on delete set null,
    number integer not null,
    note text check (length(note) <= 500),
    published_by text not null,
    published_at timestamptz not null,
    ended_at timestamptz
);
create index publication_of_dataset on portal.publication (dataset_id, id desc);
create unique index publication_live on portal.publication (dataset_id) where ended_at is null;
select portal.guard_by_team('publication');
-- What was live when is history: work within a team reads it, the portal itself writes it.
revoke insert, update, delete on portal.publication from {{portal}};

-- The switch of each live dataset. Its views read it while they combine versions, so that a statement sees one version
-- in all tables whatever is renamed while it looks up their names. No rows of teams: views need no policy to read it.
create table portal.live_dataset (
    dataset_id uuid primary key references portal.dataset,
    schema_name text collate "C" not null unique,
    number integer not null,
    numbers integer[] not null,
    switched_xid bigint not null,
    preparing_until timestamptz
);
comment on column portal.live_dataset.numbers is 'The versions that the views combine; one, once nobody can see another any more.';
comment on column portal.live_dataset.switched_xid is 'The transaction that set number: who has an older snapshot sees the version before.';
comment on column portal.live_dataset.preparing_until is 'Somebody is about to switch to one of the other numbers.';
grant select, insert, update, delete on portal.live_dataset to {{system}};

-- Schemas of views that were replaced, to be dropped when nobody reads them.
create table portal.retired_views (
    id bigint generated always as identity primary key,
    schema_name text collate "C",
    retired_at timestamptz not null
);
grant select, insert, update, delete on portal.retired_views to {{system}};

-- The login of a team; its password is nowhere but in the server's own catalogue, as a scram verifier.
create table portal.team_login (
    team_id uuid primary key references portal.team,
    role_name text collate "C" not null unique,
    made_by text not null,
    made_at timestamptz not null,
    changed_by text not null,
    changed_at timestamptz not null
);
select portal.guard_by_team('team_login');
revoke insert, update, delete on portal.team_login from {{portal}};

-- Whoever may sign in to this database by a login of a team can read what the team's reader role reads. What PUBLIC has
-- besides is taken away: temporary tables, large objects, advisory locks (the portal takes some itself; unlocking stays,
-- since client libraries do it whenever they give a connection back to their pool).
do $$
declare
    routine regprocedure;
    reader name;
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to %I, %I', current_database(), {{portal:literal}}, {{system:literal}});
    for reader in select rolname from pg_roles join portal.team on rolname = {{reader_prefix:literal}} || key loop
        execute format('grant connect on database %I to %I', current_database(), reader);
    end loop;
    revoke all on schema public from public;
    for routine in
        select oid::regprocedure from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace and (proname ~ '^pg_(try_)?advisory_(xact_)?lock' or proname ~ '^lo_' or proname in ('loread', 'lowrite'))
    loop
        begin
            execute format('revoke execute on function %s from public', routine);
            if routine::text ~ 'advisory' then
                execute format('grant execute on function %s to %I, %I', routine, {{portal:literal}}, {{system:literal}});
            end if;
        exception when insufficient_privilege then
            -- Not a superuser's server: a team's login keeps these, which docs/security.md says.
            null;
        end;
    end loop;
end $$;
