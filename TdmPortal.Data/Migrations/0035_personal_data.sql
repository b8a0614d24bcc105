-- Which columns of a team's datasets hold personal data, and which of them a lead let pass. No value of a row is in any of these.

-- What the latest version of a dataset was found to hold. One row a column; it stays while the column is found again, so that it is known since when.
create table portal.personal_finding (
    id uuid primary key,
    team_id uuid not null references portal.team,
    dataset_id uuid not null references portal.dataset on delete cascade,
    version_number integer not null,
    entity text not null,
    field text not null,
    kind text not null,
    confidence double precision not null check (confidence between 0 and 1),
    others text[] not null default '{}',
    evidence jsonb not null default '[]',
    protection text not null check (protection in ('masked', 'synthetic', 'kept', 'open')),
    masker text,
    since timestamptz not null,
    unique (dataset_id, entity, field)
);
create index personal_finding_of_team on portal.personal_finding (team_id, since desc, id desc);
select portal.guard_by_team('personal_finding');

-- Which version was looked at last.
create table portal.personal_look (
    dataset_id uuid primary key references portal.dataset on delete cascade,
    team_id uuid not null references portal.team,
    version_id uuid not null,
    looked_at timestamptz not null
);
create index on portal.personal_look (team_id);
select portal.guard_by_team('personal_look');

-- Columns that hold personal data and may go live as they are, by a lead's word.
create table portal.personal_sign_off (
    id uuid primary key,
    team_id uuid not null references portal.team,
    dataset_id uuid not null references portal.dataset on delete cascade,
    entity text not null,
    field text not null,
    reason text not null check (length(reason) between 1 and 300),
    signed_by text not null,
    signed_at timestamptz not null,
    unique (dataset_id, entity, field)
);
create index on portal.personal_sign_off (team_id);
select portal.guard_by_team('personal_sign_off');
