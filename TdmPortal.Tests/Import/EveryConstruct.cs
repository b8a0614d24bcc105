namespace TdmPortal.Tests.Import;

/// <summary>A database that has every construct that the import reads.</summary>
internal static class EveryConstruct
{
    public const string Extensions = """
        create extension if not exists citext;
        create extension if not exists hstore;
        create extension if not exists btree_gist;
        """;

    public const string Ddl = """
        create schema "Shop";
        create type mood as enum ('sad', 'ok', 'happy''ish');
        create domain positive as integer check (value > 0);
        create domain small_positive as positive not null constraint small check (value < 100);
        create domain email_address as citext check (value ~ '^[a-z0-9]+@[a-z]+\.com$');
        create type point3 as (x double precision, y double precision, label varchar(10));
        create type span as range (subtype = double precision);
        create sequence odd_numbers start 5 increment 2;

        create table "Shop"."Customer" (
            "CustomerID" bigint generated always as identity (start with 100 increment by 10) primary key,
            "E-Mail" email_address not null,
            feeling mood default 'ok',
            rank small_positive,
            name varchar(80) not null,
            code char(3),
            credit numeric(10,2) default 0.00,
            big numeric,
            tags text[],
            matrix int[][],
            moods mood[],
            document jsonb,
            extra json,
            born date,
            seen timestamp(3) with time zone,
            local_time timestamp,
            clock time,
            duration interval,
            ip inet,
            net cidr,
            mac macaddr,
            flags bit(8),
            more_flags bit varying(16),
            price money,
            search tsvector,
            body xml,
            pairs hstore,
            place point,
            shape polygon,
            spot point3,
            period daterange,
            numbers int4multirange,
            width span,
            photo bytea,
            token uuid default gen_random_uuid(),
            ratio real,
            share double precision,
            tiny smallint,
            is_on boolean not null default true,
            full_name text generated always as (upper(name)) stored,
            constraint credit_range check (credit between 0 and 5000),
            constraint either check (num_nonnulls(ip, net) = 1)
        );
        comment on table "Shop"."Customer" is 'People who buy';
        comment on column "Shop"."Customer".name is 'As written on the card';
        create unique index customer_email_lower on "Shop"."Customer" (lower(name), code);
        create unique index customer_active on "Shop"."Customer" (code) where is_on;

        create table account (
            tenant integer not null,
            number integer not null default nextval('odd_numbers'),
            id serial,
            parent_tenant integer,
            parent_number integer,
            owner bigint references "Shop"."Customer" deferrable initially deferred,
            valid daterange not null,
            primary key (tenant, number),
            unique nulls not distinct (owner),
            unique (id) deferrable,
            foreign key (parent_tenant, parent_number) references account (tenant, number) match full,
            exclude using gist (tenant with =, valid with &&)
        );

        create table event (id bigint not null, at timestamptz not null, region text not null, note text, primary key (id, at, region)) partition by range (at);
        create table event_2025 partition of event for values from ('2025-01-01 00:00:00+00') to ('2026-01-01 00:00:00+00') partition by list (region);
        create table event_2025_eu partition of event_2025 for values in ('eu', 'uk');
        create table event_2025_rest partition of event_2025 default;
        create table event_2026 partition of event for values from ('2026-01-01 00:00:00+00') to (maxvalue);
        alter table event_2026 add constraint event_2026_note check (note <> 'x');

        create table animal (id integer primary key, name text not null);
        create table dog (trick text check (length(trick) > 2)) inherits (animal);
        """;
}
