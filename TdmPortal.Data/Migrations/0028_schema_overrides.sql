-- Schemas that a team lets all teams use, and what a team has another way than a schema that it uses.

alter table portal.schema
    add column shared_at timestamptz,
    add column shared_by_team varchar(100);
comment on column portal.schema.shared_by_team is 'The owner''s name when it was shared: other teams do not see the team itself.';
create policy shared on portal.schema for select to {{portal}} using (shared_at is not null and deleted_at is null);
create policy shared on portal.schema_version for select to {{portal}}
    using (exists (select from portal.schema s where s.id = schema_id and s.shared_at is not null and s.deleted_at is null));
create index schema_shared on portal.schema (changed_at desc, id desc) where shared_at is not null and deleted_at is null;

create table portal.schema_override (
    id uuid primary key,
    team_id uuid not null references portal.team,
    schema_id uuid not null references portal.schema,
    entity text not null,
    -- Null: the entity's rows.
    field text,
    -- Rows, or generator, arguments and share of nulls; json, not jsonb: arguments keep their order.
    value json not null,
    -- What the schema said there when the team last agreed to it.
    was json not null,
    reason text not null check (length(reason) between 1 and 300),
    changed_by uuid references portal.app_user,
    changed_at timestamptz not null
);
create unique index schema_override_place on portal.schema_override (team_id, schema_id, entity, field) nulls not distinct;
create index on portal.schema_override (schema_id);
select portal.guard_by_team('schema_override');
