-- What happened, who is told of it and in which way. A notice is written in the transaction of what happened; a loop of
-- the portal then tells the people, in one transaction a notice, so that nothing is lost and nobody is told twice.

create table portal.notice (
    id uuid primary key,
    team_id uuid not null references portal.team,
    kind text not null check (kind ~ '^[a-z]+(_[a-z]+)*$'),
    -- No references: a notice stays when what it tells of goes.
    dataset_id uuid,
    schedule_id uuid,
    person_id uuid,
    author_id uuid,
    title text not null check (length(title) between 1 and 200),
    body text not null check (length(body) <= 2000),
    link text not null check (link ~ '^/([^/\\]|$)' and length(link) <= 500),
    minutes_before integer,
    created_at timestamptz not null,
    told_at timestamptz
);
comment on column portal.notice.person_id is 'Only this person is told; null: whom its kind concerns.';
comment on column portal.notice.author_id is 'Who did it, and is not told.';
comment on column portal.notice.minutes_before is 'Of one that announces a run: only those are told who chose so long before.';
comment on column portal.notice.told_at is 'Null: its people are not worked out yet.';
create index notice_untold on portal.notice (created_at, id) where told_at is null;
create index notice_by_age on portal.notice (created_at);

-- A person's copy, gone with the membership.
create table portal.inbox_notice (
    user_id uuid not null,
    notice_id uuid not null references portal.notice on delete cascade,
    team_id uuid not null,
    created_at timestamptz not null,
    read_at timestamptz,
    primary key (user_id, notice_id),
    foreign key (team_id, user_id) references portal.team_member on delete cascade
);
create index inbox_notice_by_time on portal.inbox_notice (user_id, created_at desc, notice_id desc);
create index inbox_notice_unread on portal.inbox_notice (user_id) where read_at is null;
create index on portal.inbox_notice (team_id, user_id);
create index on portal.inbox_notice (notice_id);

-- Who told is, sees it, in whatever team they work now; the team writes, and sees no more than that.
alter table portal.notice enable row level security;
alter table portal.notice force row level security;
create policy by_team on portal.notice for insert to {{portal}} with check (team_id = portal.current_team());
create policy told on portal.notice for select to {{portal}}
    using (exists (select from portal.inbox_notice own where own.notice_id = id and own.user_id = portal.current_actor()));
create policy everything on portal.notice to {{system}} using (true) with check (true);
grant select, insert on portal.notice to {{portal}};
grant select, insert, update, delete on portal.notice to {{system}};
alter table portal.inbox_notice enable row level security;
alter table portal.inbox_notice force row level security;
create policy own on portal.inbox_notice to {{portal}} using (user_id = portal.current_actor()) with check (user_id = portal.current_actor());
create policy everything on portal.inbox_notice to {{system}} using (true) with check (true);
grant select, update (read_at) on portal.inbox_notice to {{portal}};
grant select, insert, update, delete on portal.inbox_notice to {{system}};

-- How a person wants to be told; what has no row is as the kind's default says.
create table portal.notice_choice (
    id uuid primary key,
    user_id uuid not null references portal.app_user on delete cascade,
    -- Both null: for all schedules that have no choice of their own.
    team_id uuid,
    schedule_id uuid,
    kind text not null,
    in_portal boolean not null,
    by_email boolean not null,
    minutes_before integer check (minutes_before between 5 and 10080),
    check ((team_id is null) = (schedule_id is null)),
    foreign key (team_id, user_id) references portal.team_member on delete cascade
);
create unique index notice_choice_place on portal.notice_choice (user_id, schedule_id, kind) nulls not distinct;
create index notice_choice_of_schedule on portal.notice_choice (schedule_id) where schedule_id is not null;
create index on portal.notice_choice (team_id, user_id);
alter table portal.notice_choice enable row level security;
alter table portal.notice_choice force row level security;
create policy own on portal.notice_choice to {{portal}}
    using (user_id = portal.current_actor()) with check (user_id = portal.current_actor() and (team_id is null or team_id = portal.current_team()));
create policy everything on portal.notice_choice to {{system}} using (true) with check (true);
grant select, insert, update, delete on portal.notice_choice to {{portal}}, {{system}};

-- The mail server, and what waits for it. Nobody but the portal itself reads these.
create table portal.mail_server (
    only_one boolean primary key default true check (only_one),
    host text not null check (length(host) between 1 and 255),
    port integer not null check (port between 1 and 65535),
    encrypted boolean not null,
    user_name text,
    password bytea,
    sender text not null,
    portal_address text not null,
    changed_by text not null,
    changed_at timestamptz not null
);
comment on column portal.mail_server.password is 'Protected by the key ring.';
comment on column portal.mail_server.portal_address is 'Where links in mails lead.';
grant select, insert, update, delete on portal.mail_server to {{system}};

create table portal.notice_email (
    id uuid primary key,
    notice_id uuid not null references portal.notice on delete cascade,
    team_id uuid not null,
    user_id uuid not null,
    state text not null check (state in ('waiting', 'sent', 'failed')),
    attempts integer not null default 0,
    next_at timestamptz not null,
    error text,
    created_at timestamptz not null,
    ended_at timestamptz,
    unique (notice_id, user_id),
    foreign key (team_id, user_id) references portal.team_member on delete cascade
);
create index notice_email_waiting on portal.notice_email (next_at) where state = 'waiting';
create index notice_email_failed on portal.notice_email (ended_at desc) where state = 'failed';
create index on portal.notice_email (team_id, user_id);
alter table portal.notice_email enable row level security;
alter table portal.notice_email force row level security;
create policy everything on portal.notice_email to {{system}} using (true) with check (true);
grant select, insert, update, delete on portal.notice_email to {{system}};

-- Programs that are told, by the team's leads.
create table portal.webhook (
    id uuid primary key,
    team_id uuid not null references portal.team,
    name text not null check (length(name) between 1 and 60),
    url text not null check (length(url) <= 500),
    signing_key bytea not null,
    kinds text[] not null,
    minutes_before integer check (minutes_before between 5 and 10080),
    enabled boolean not null,
    changed_by text not null,
    changed_at timestamptz not null
);
comment on column portal.webhook.signing_key is 'Protected by the key ring; read by the portal itself alone.';
create index webhook_of_team on portal.webhook (team_id, name);
select portal.guard_by_team('webhook');
create policy leads on portal.webhook as restrictive to {{portal}} using ((select portal.actor_leads_team()) or (select portal.actor_is_admin()));
revoke select on portal.webhook from {{portal}};
grant select (id, team_id, name, url, kinds, minutes_before, enabled, changed_by, changed_at) on portal.webhook to {{portal}};

create table portal.webhook_delivery (
    id uuid primary key,
    team_id uuid not null references portal.team,
    webhook_id uuid not null references portal.webhook on delete cascade,
    notice_id uuid,
    kind text not null,
    title text not null,
    -- json, not jsonb: the bytes that were signed are the bytes that were sent.
    body json not null,
    state text not null check (state in ('waiting', 'delivered', 'failed')),
    attempts integer not null default 0,
    next_at timestamptz not null,
    tries jsonb not null default '[]',
    created_at timestamptz not null,
    ended_at timestamptz,
    unique (webhook_id, notice_id)
);
comment on column portal.webhook_delivery.tries is 'When, the answer''s status or what went wrong, and how long it took; the last ten.';
create index webhook_delivery_log on portal.webhook_delivery (webhook_id, created_at desc, id desc);
create index webhook_delivery_waiting on portal.webhook_delivery (next_at) where state = 'waiting';
create index webhook_delivery_by_age on portal.webhook_delivery (created_at);
select portal.guard_by_team('webhook_delivery');
create policy leads on portal.webhook_delivery as restrictive to {{portal}} using ((select portal.actor_leads_team()) or (select portal.actor_is_admin()));
revoke delete on portal.webhook_delivery from {{portal}};

-- Hosts in private address ranges that an administrator lets webhooks call.
create table portal.webhook_host (
    host text collate "C" primary key check (host = lower(host) and length(host) between 1 and 255),
    allowed_by text not null,
    allowed_at timestamptz not null
);
grant select, insert, delete on portal.webhook_host to {{system}};

-- The secret address at which a team's calendar is read without signing in; only its hash is kept.
create table portal.calendar_feed (
    team_id uuid primary key references portal.team,
    address_hash bytea not null unique,
    made_by text not null,
    made_at timestamptz not null
);
select portal.guard_by_team('calendar_feed');
create policy leads_insert on portal.calendar_feed as restrictive for insert to {{portal}} with check ((select portal.actor_leads_team()) or (select portal.actor_is_admin()));
create policy leads_update on portal.calendar_feed as restrictive for update to {{portal}} using ((select portal.actor_leads_team()) or (select portal.actor_is_admin()));
create policy leads_delete on portal.calendar_feed as restrictive for delete to {{portal}} using ((select portal.actor_leads_team()) or (select portal.actor_is_admin()));
