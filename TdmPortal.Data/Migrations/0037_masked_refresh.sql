-- Masked datasets are refreshed by schedules, too: which run of masking belongs to which refresh.

alter table portal.refresh_run add column masking_run_id uuid references portal.masking_run on delete set null;
create index refresh_run_of_masking on portal.refresh_run (masking_run_id) where masking_run_id is not null;
comment on column portal.refresh_run.masking_run_id is 'Of a masked dataset: the run of its policy that the latest attempt began.';
