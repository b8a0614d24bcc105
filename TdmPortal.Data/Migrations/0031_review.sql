-- Edits that wait until a lead other than their author approves them, where a team wants that.

alter table portal.team add column review boolean not null default false;
comment on column portal.team.review is 'Whether edits that reach a scheduled or published dataset become proposals.';

create table portal.proposal (
    id uuid primary key,
    team_id uuid not null references portal.team,
    kind text not null check (kind in ('schema', 'override', 'override_removal', 'schedule')),
    -- The schema that it is about; a schedule's settings name theirs.
    schema_id uuid references portal.schema,
    -- A schedule's dataset.
    dataset_id uuid references portal.dataset on delete cascade,
    place text,
    title text not null check (length(title) between 1 and 200),
    -- What it stands on: the schema's version, or the schedule's revision, and what was there.
    base_version integer not null,
    base json not null,
    -- What it wants; json, not jsonb: a document keeps its author's order.
    wanted json not null,
    note text check (length(note) <= 300),
    state text not null default 'open' check (state in ('open', 'approved', 'declined', 'withdrawn')),
    proposed_by uuid not null references portal.app_user,
    proposed_at timestamptz not null,
    decided_by uuid references portal.app_user,
    decided_at timestamptz,
    comment text check (length(comment) <= 1000),
    approved_in xid8,
    check ((state = 'open') = (decided_by is null) and (state = 'open') = (decided_at is null) and (state = 'approved') = (approved_in is not null))
);
comment on column portal.proposal.approved_in is 'The transaction that approved it, in which alone what it wants may be done.';
create index proposal_of_team on portal.proposal (team_id, proposed_at desc, id desc);
create index proposal_open on portal.proposal (team_id, proposed_at desc, id desc) where state = 'open';
create index on portal.proposal (schema_id);
create index on portal.proposal (dataset_id);
select portal.guard_by_team('proposal');

-- A proposal is its author's; it is decided once: by a lead who is not its author, or withdrawn by its author.
create policy propose on portal.proposal as restrictive for insert to {{portal}} with check (state = 'open' and proposed_by = portal.current_actor());
create policy decide on portal.proposal as restrictive for update to {{portal}} using (state = 'open')
    with check (decided_by = portal.current_actor() and case state
        when 'withdrawn' then proposed_by = portal.current_actor()
        when 'approved' then proposed_by <> portal.current_actor() and approved_in = pg_current_xact_id() and (portal.actor_leads_team() or portal.actor_is_admin())
        when 'declined' then proposed_by <> portal.current_actor() and (portal.actor_leads_team() or portal.actor_is_admin())
        else false end);
revoke update, delete on portal.proposal from {{portal}};
grant update (state, decided_by, decided_at, comment, approved_in) on portal.proposal to {{portal}};

-- Whether an edit of a schema, by the current team, has to be approved. An override reaches the team's own datasets only;
-- a shared schema those of all teams, which the team itself does not see: hence the function's owner looks.
create function portal.schema_needs_review(of_schema uuid, own_only boolean) returns boolean language sql stable security definer set search_path = pg_catalog as $$
    select exists (select from portal.team t where t.id = portal.current_team() and t.review)
        and exists (select from portal.dataset d where d.schema_id = of_schema and d.deleted_at is null and (d.team_id = portal.current_team() or not own_only)
            and (d.current_version_id is not null or exists (select from portal.refresh_schedule s where s.dataset_id = d.id)))
$$;
create function portal.dataset_needs_review(of_dataset uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
    select exists (select from portal.team t where t.id = portal.current_team() and t.review)
        and exists (select from portal.dataset d where d.id = of_dataset and d.team_id = portal.current_team() and d.deleted_at is null
            and (d.current_version_id is not null or exists (select from portal.refresh_schedule s where s.dataset_id = d.id)))
$$;
revoke execute on function portal.schema_needs_review(uuid, boolean), portal.dataset_needs_review(uuid) from public;
grant execute on function portal.schema_needs_review(uuid, boolean), portal.dataset_needs_review(uuid) to {{portal}};
-- The functions' own, where the administrator's account is no superuser.
create policy review_gate on portal.team for select to current_user using (true);
create policy review_gate on portal.dataset for select to current_user using (true);
create policy review_gate on portal.refresh_schedule for select to current_user using (true);

create function portal.approved_here(of_schema uuid, of_dataset uuid) returns boolean language sql stable as $$
    select exists (select from portal.proposal p where p.state = 'approved' and p.approved_in = pg_current_xact_id() and (p.schema_id = of_schema or p.dataset_id = of_dataset))
$$;

-- The second gate: what goes past the program's own is refused here.
create policy reviewed on portal.schema_version as restrictive for insert to {{portal}} with check (version = 1 or not portal.schema_needs_review(schema_id, false) or portal.approved_here(schema_id, null));
create policy reviewed_insert on portal.schema_override as restrictive for insert to {{portal}} with check (not portal.schema_needs_review(schema_id, true) or portal.approved_here(schema_id, null));
create policy reviewed_update on portal.schema_override as restrictive for update to {{portal}} using (not portal.schema_needs_review(schema_id, true) or portal.approved_here(schema_id, null));
create policy reviewed_delete on portal.schema_override as restrictive for delete to {{portal}} using (not portal.schema_needs_review(schema_id, true) or portal.approved_here(schema_id, null));

create function portal.demand_review() returns trigger language plpgsql as $$
begin
    -- One inside the other: the functions are the portal's, and whoever may not call them must not come to them.
    if current_user = {{portal:literal}} then
        if portal.dataset_needs_review(new.dataset_id) and not portal.approved_here(null, new.dataset_id) then
            raise insufficient_privilege using message = 'These settings have to be approved first.';
        end if;
    end if;
    return new;
end $$;
create trigger reviewed_insert before insert on portal.refresh_schedule for each row execute function portal.demand_review();
create trigger reviewed_update before update on portal.refresh_schedule for each row
    -- To leave out one run, which the rule keeps too, is no edit; nor is it that the schedule before this one was removed.
    when (old.rule::jsonb - 'skipped' is distinct from new.rule::jsonb - 'skipped' or old.settings::jsonb is distinct from new.settings::jsonb or (new.after_id is not null and old.after_id is distinct from new.after_id)) execute function portal.demand_review();
