-- On which node an uploaded file is: it is known in the memory of one process only, so jobs that read it run there.

create table portal.upload (
    id uuid primary key,
    team_id uuid not null references portal.team,
    node text not null,
    here_until timestamptz not null
);
comment on table portal.upload is 'Uploads that jobs need. Nothing of their content, nor their names.';
comment on column portal.upload.here_until is 'The node says again and again that it has it; when it no longer does, it is gone.';
create index on portal.upload (team_id);
create index on portal.upload (node, here_until);
select portal.guard_by_team('upload');

alter table portal.job add column for_node text;
comment on column portal.job.for_node is 'The node that has the uploads which the job reads; no other takes it while that one has any.';
