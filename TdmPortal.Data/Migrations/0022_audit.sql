-- The audit: who did what to what, from where and when. Records are only ever appended, each with the hash of the one
-- before, so that a change, a removal or a cut shows.

create table portal.audit_record (
    number bigint primary key,
    at timestamptz not null,
    user_id uuid,
    user_name text not null,
    action text not null,
    -- No reference: what is recorded stays when its team, user or object goes.
    team_id uuid,
    object_kind text,
    object_id text,
    object_name text,
    channel text not null check (channel in ('portal', 'page', 'api', 'job')),
    address text,
    before jsonb,
    after jsonb,
    details jsonb,
    previous_hash bytea not null,
    hash bytea not null
);
create index audit_record_of_team on portal.audit_record (team_id, number desc);
create index audit_record_of_user on portal.audit_record (user_name, number desc);
create index audit_record_of_object on portal.audit_record (object_id, number desc);
create index audit_record_at on portal.audit_record using brin (at);

-- The end of the chain; whoever appends holds this row until the commit.
create table portal.audit_head (
    only_one boolean primary key default true check (only_one),
    number bigint not null,
    hash bytea not null
) with (fillfactor = 10);
grant select on portal.audit_head to {{system}};
insert into portal.audit_head (number, hash) values (0, sha256(convert_to('TdmPortal audit', 'UTF8')));

-- Hashes of the head from time to time, signed with a key that is not in the database. Exported, they tell a cut tail.
create table portal.audit_anchor (
    number bigint not null,
    hash bytea not null,
    anchored_at timestamptz not null,
    signature bytea not null,
    primary key (number, anchored_at)
);
grant select, insert on portal.audit_anchor to {{system}};

-- One field of what is hashed: its length in bytes, so that no two records read alike.
create function portal.audit_field(value text) returns text language sql immutable parallel safe set search_path = pg_catalog
    as $$ select coalesce(octet_length(convert_to(value, 'UTF8'))::text || ':' || value, '-') || ';' $$;

-- docs/security.md says how the hash is made; the check in the portal makes it a second time by itself.
create function portal.audit_hash(entry portal.audit_record) returns bytea language sql immutable parallel safe set search_path = pg_catalog
    as $$
        select sha256(convert_to(
            portal.audit_field(encode(entry.previous_hash, 'hex')) || portal.audit_field(entry.number::text)
            || portal.audit_field((extract(epoch from entry.at) * 1000000)::bigint::text)
            || portal.audit_field(entry.user_id::text) || portal.audit_field(entry.user_name) || portal.audit_field(entry.action)
            || portal.audit_field(entry.team_id::text) || portal.audit_field(entry.object_kind) || portal.audit_field(entry.object_id)
            || portal.audit_field(entry.object_name) || portal.audit_field(entry.channel) || portal.audit_field(entry.address)
            || portal.audit_field(entry.before::text) || portal.audit_field(entry.after::text) || portal.audit_field(entry.details::text), 'UTF8'))
    $$;

-- The only way to add records. Called as the last statement of a transaction: it holds the head until the commit.
create function portal.append_audit(records jsonb) returns bigint language plpgsql security definer set search_path = pg_catalog as $$
declare
    head portal.audit_head;
    item jsonb;
    entry portal.audit_record;
begin
    select * into strict head from portal.audit_head for update;
    for item in select value from jsonb_array_elements(records) loop
        entry := jsonb_populate_record(null::portal.audit_record, item);
        entry.number := head.number + 1;
        entry.at := clock_timestamp();
        entry.previous_hash := head.hash;
        entry.hash := portal.audit_hash(entry);
        insert into portal.audit_record values (entry.*);
        head.number := entry.number;
        head.hash := entry.hash;
    end loop;
    update portal.audit_head set number = head.number, hash = head.hash;
    return head.number;
end $$;
revoke execute on function portal.append_audit(jsonb), portal.audit_hash(portal.audit_record), portal.audit_field(text) from public;
grant execute on function portal.append_audit(jsonb) to {{portal}}, {{system}};

-- Nobody changes or removes a record by mistake, not even the owner; who does it on purpose is found by the check.
create function portal.audit_refuse() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    raise exception 'Records of the audit are never changed or removed.' using errcode = 'insufficient_privilege';
end $$;
create trigger never_changed before update or delete on portal.audit_record for each row execute function portal.audit_refuse();
create trigger never_emptied before truncate on portal.audit_record for each statement execute function portal.audit_refuse();

-- Who reads it: an administrator all, a lead their own team's, others nothing.
create function portal.actor_is_admin() returns boolean language sql stable security definer set search_path = pg_catalog
    as $$
        select exists (select from portal.app_user_role link join portal.app_role role on role.id = link.role_id join portal.app_user person on person.id = link.user_id
            where link.user_id = portal.current_actor() and role.name = 'Admin' and not person.disabled)
    $$;
create function portal.actor_leads_team() returns boolean language sql stable security definer set search_path = pg_catalog
    as $$ select exists (select from portal.team_member where user_id = portal.current_actor() and team_id = portal.current_team() and role = 'Lead') $$;
revoke execute on function portal.actor_is_admin(), portal.actor_leads_team() from public;
grant execute on function portal.actor_is_admin(), portal.actor_leads_team() to {{portal}};

alter table portal.audit_record enable row level security;
alter table portal.audit_record force row level security;
create policy administrators on portal.audit_record for select to {{portal}} using ((select portal.actor_is_admin()));
create policy leads on portal.audit_record for select to {{portal}} using (team_id = portal.current_team() and (select portal.actor_leads_team()));
create policy everything on portal.audit_record for select to {{system}} using (true);
-- The function's own, where the administrator's account is no superuser.
create policy append on portal.audit_record for insert to current_user with check (true);
create policy owner on portal.audit_record for select to current_user using (true);
create policy audit_lead on portal.team_member for select to current_user using (true);
grant select on portal.audit_record to {{portal}}, {{system}};
