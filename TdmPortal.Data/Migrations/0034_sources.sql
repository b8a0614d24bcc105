-- Where data comes from: other people's databases and files, and what is being imported from them.

-- Nothing here holds a row of a source. Of a file only its name and how it is read are kept; its bytes never are.
create table portal.source (
    id uuid primary key,
    team_id uuid not null references portal.team,
    name text not null check (length(name) between 1 and 60),
    kind text not null check (kind in ('postgres', 'files')),
    settings jsonb not null,
    password bytea,
    schema_id uuid references portal.schema on delete set null,
    structure jsonb,
    fingerprint text,
    looked_at timestamptz,
    problem text check (length(problem) <= 1000),
    created_by text not null,
    created_at timestamptz not null,
    changed_by text not null,
    changed_at timestamptz not null
);
comment on column portal.source.settings is 'Without the password.';
comment on column portal.source.password is 'Protected by the key ring; read by the portal itself alone.';
comment on column portal.source.structure is 'Tables and columns as they were when looked at last, without statistics.';
comment on column portal.source.problem is 'Why looking at it failed the last time.';
create unique index source_name on portal.source (team_id, lower(name));
create index source_by_change on portal.source (team_id, changed_at desc, id desc);
create index on portal.source (schema_id) where schema_id is not null;
select portal.guard_by_team('source');
revoke select on portal.source from {{portal}};
grant select (id, team_id, name, kind, settings, schema_id, structure, fingerprint, looked_at, problem, created_by, created_at, changed_by, changed_at) on portal.source to {{portal}};
-- A connection to a database is a lead's to make, change and remove; sources of files are anybody's of the team.
create policy leads_insert on portal.source as restrictive for insert to {{portal}} with check (kind = 'files' or (select portal.actor_leads_team()) or (select portal.actor_is_admin()));
create policy leads_update on portal.source as restrictive for update to {{portal}} using (kind = 'files' or (select portal.actor_leads_team()) or (select portal.actor_is_admin()));
create policy leads_delete on portal.source as restrictive for delete to {{portal}} using (kind = 'files' or (select portal.actor_leads_team()) or (select portal.actor_is_admin()));

-- Hosts and networks that sources may be on, by administrators: none at first.
create table portal.source_host (
    host text collate "C" primary key check (host = lower(host) and length(host) between 1 and 255),
    allowed_by text not null,
    allowed_at timestamptz not null
);
grant select, insert, delete on portal.source_host to {{system}};

-- An import on its way from a source to a schema: what was chosen, and what is proposed.
create table portal.import (
    id uuid primary key,
    team_id uuid not null references portal.team,
    author_id uuid not null references portal.app_user,
    author text not null,
    name text not null check (length(name) between 1 and 200),
    origin text not null check (origin in ('database', 'files', 'ddl', 'jsonschema')),
    source_id uuid references portal.source on delete cascade,
    choices jsonb not null,
    job_id uuid,
    proposal jsonb,
    schema_id uuid references portal.schema on delete set null,
    created_at timestamptz not null,
    changed_at timestamptz not null
);
comment on column portal.import.proposal is 'The proposed schema with reasons and findings; evidence is redacted, no value of a source is in it.';
create index import_by_change on portal.import (team_id, changed_at desc, id desc);
create index on portal.import (author_id);
create index on portal.import (source_id) where source_id is not null;
create index on portal.import (schema_id) where schema_id is not null;
select portal.guard_by_team('import');

-- Policies and runs were there before their sources.
alter table portal.masking_policy add foreign key (source_id) references portal.source on delete set null;
alter table portal.masking_run add foreign key (source_id) references portal.source on delete set null;
