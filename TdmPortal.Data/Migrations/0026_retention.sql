-- How many versions of a dataset are kept, and where those are that are not.

alter table portal.dataset_version add column origin text not null default 'generated' check (origin in ('generated', 'refreshed', 'restored', 'masked', 'imported'));
comment on column portal.dataset_version.origin is 'From what it came.';

create table portal.retention_rule (
    dataset_id uuid primary key references portal.dataset on delete cascade,
    team_id uuid not null references portal.team,
    keep_versions integer not null check (keep_versions between 1 and 1000),
    keep_tagged boolean not null,
    keep_days integer not null check (keep_days between 0 and 3650),
    changed_by text not null,
    changed_at timestamptz not null,
    last_run_at timestamptz
);
comment on table portal.retention_rule is 'A version is kept that is among the newest, or tagged where that counts, or young enough; the live one, pinned ones and those with a scratch copy always.';
select portal.guard_by_team('retention_rule');

-- A version as files: one an entity and a manifest, in a folder named after the row.
create table portal.version_archive (
    id uuid primary key,
    team_id uuid not null references portal.team,
    dataset_id uuid not null references portal.dataset on delete cascade,
    number integer not null,
    row_count bigint not null,
    version_bytes bigint not null,
    archive_bytes bigint not null,
    manifest_hash text not null,
    note text,
    tags text[] collate "C" not null default '{}',
    created_by text not null,
    created_at timestamptz not null,
    archived_by text not null,
    archived_at timestamptz not null
);
comment on column portal.version_archive.manifest_hash is 'SHA-256 of the manifest, which holds those of the files.';
create index version_archive_of_dataset on portal.version_archive (dataset_id, number desc, id);
select portal.guard_by_team('version_archive');
-- Written by the job that writes the files.
revoke insert, update on portal.version_archive from {{portal}};
