-- How one version of a dataset differs from another. Both never change, so what was found stays true while both are kept.

create table portal.version_comparison (
    id uuid primary key,
    team_id uuid not null references portal.team,
    before_id uuid not null references portal.dataset_version on delete cascade,
    after_id uuid not null references portal.dataset_version on delete cascade,
    job_id uuid references portal.job on delete set null,
    report jsonb,
    took_seconds double precision not null default 0,
    asked_by text not null,
    asked_at timestamptz not null,
    unique (before_id, after_id)
);
comment on column portal.version_comparison.report is 'Counts, shares and frequent values; null until its job has ended.';
create index version_comparison_of_after on portal.version_comparison (after_id);
create index version_comparison_of_job on portal.version_comparison (job_id);
select portal.guard_by_team('version_comparison');
