namespace TdmPortal.Postgres;

/// <summary>What is asked of the catalogue, a statement a kind of thing and not one a table. PostgreSQL 12 to 18: columns that came later are read through JSON.</summary>
internal static class StructureQueries
{
    /// <summary>Names are written qualified, whatever the connection's path says. The batch is one transaction, and the path is put back at its end.</summary>
    public const string QualifiedNames = "select set_config('tdmportal.path', current_setting('search_path'), true), set_config('tdmportal.style', current_setting('intervalstyle') || '/' || current_setting('datestyle'), true)";

    public const string EmptyPath = "select set_config('search_path', '', true), set_config('intervalstyle', 'postgres', true), set_config('datestyle', 'ISO, YMD', true)";

    public const string PathAsItWas = "select set_config('search_path', current_setting('tdmportal.path'), true), set_config('intervalstyle', split_part(current_setting('tdmportal.style'), '/', 1), true), set_config('datestyle', split_part(current_setting('tdmportal.style'), '/', 2), true)";

    /// <summary>Tables and, below partitioned ones, their partitions of all levels.</summary>
    public const string Tables = """
        with recursive chosen as (
            select c.oid, null::oid as parent, c.oid as root
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
                and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
                and ($1::text[] is null or n.nspname = any($1))
                and ($2::text[] is null or c.relname = any($2) or n.nspname || '.' || c.relname = any($2))
                and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            union all
            select i.inhrelid, chosen.oid, chosen.root
            from chosen join pg_catalog.pg_inherits i on i.inhparent = chosen.oid join pg_catalog.pg_class p on p.oid = i.inhrelid and p.relispartition)
        select c.oid::int8, chosen.parent::int8, chosen.root::int8, n.nspname::text, c.relname::text,
            pg_catalog.obj_description(c.oid, 'pg_class'), c.reltuples::float8,
            pg_catalog.pg_get_expr(c.relpartbound, c.oid),
            case p.partstrat when 'r' then 'range' when 'l' then 'list' when 'h' then 'hash' end,
            case when p.partrelid is null then null else array(
                select coalesce(a.attname::text, pg_catalog.pg_get_expr(p.partexprs, p.partrelid))
                from unnest(p.partattrs) with ordinality k(number, place) left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.number and k.number > 0
                order by k.place) end,
            array(select pn.nspname || '.' || pc.relname from pg_catalog.pg_inherits i join pg_catalog.pg_class pc on pc.oid = i.inhparent join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
                where i.inhrelid = c.oid and not c.relispartition order by i.inhseqno),
            array(select pg_catalog.pg_get_triggerdef(t.oid, false) from pg_catalog.pg_trigger t
                where t.tgrelid = c.oid and not t.tgisinternal and t.tgtype & 4 <> 0 and t.tgenabled <> 'D' and chosen.parent is null order by t.tgname)
        from chosen join pg_catalog.pg_class c on c.oid = chosen.oid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            left join pg_catalog.pg_partitioned_table p on p.partrelid = c.oid
        order by n.nspname collate "C", c.relname collate "C"
        """;

    /// <summary>Columns of tables. The first ten columns of the answer are those of <see cref="Types"/>' columns too.</summary>
    public static readonly string Columns = $"""
        select a.attrelid::int8, a.attname::text, {Type("a.atttypid", "a.atttypmod", "a.attndims")}, a.attnotnull, pg_catalog.col_description(a.attrelid, a.attnum),
            case when a.attgenerated = '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end,
            case when a.attgenerated <> '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end,
            a.attidentity::text, q.name, q.seqstart, q.seqincrement,
            s.null_frac::float8, case when s.n_distinct > 0 then s.n_distinct::float8 when s.n_distinct < 0 and c.reltuples > 0 then -s.n_distinct::float8 * c.reltuples end,
            case when $2 then s.most_common_vals::text::text[] end, case when $2 then s.most_common_freqs end, case when $2 then s.histogram_bounds::text::text[] end
        from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            left join lateral (
                select seq.seqrelid::regclass::text as name, seq.seqstart, seq.seqincrement
                from pg_catalog.pg_depend o join pg_catalog.pg_sequence seq on seq.seqrelid = case when o.classid = 'pg_catalog.pg_class'::regclass then o.objid else o.refobjid end
                where (o.classid = 'pg_catalog.pg_class'::regclass and o.refclassid = 'pg_catalog.pg_class'::regclass and o.refobjid = a.attrelid and o.refobjsubid = a.attnum and o.deptype = 'i')
                    or (o.classid = 'pg_catalog.pg_attrdef'::regclass and o.objid = d.oid and o.refclassid = 'pg_catalog.pg_class'::regclass)
                order by o.deptype = 'i' desc limit 1) q on true
            left join pg_catalog.pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname and s.inherited = (c.relkind = 'p')
        where a.attrelid = any($1::int8[]::oid[]) and a.attnum > 0 and not a.attisdropped
        order by a.attrelid, a.attnum
        """;

    /// <summary>Keys, foreign keys, checks and exclusions; of partitions only those that they do not have from above.</summary>
    public const string Constraints = """
        select con.conrelid::int8, con.contype::text, con.conname::text,
            case when con.contype = 'x' then array(
                select distinct a.attname::text from pg_catalog.pg_depend d join pg_catalog.pg_attribute a on a.attrelid = con.conrelid and a.attnum = d.refobjsubid
                where d.classid in ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_constraint'::regclass) and d.objid in (con.conindid, con.oid) and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = con.conrelid)
            else array(
                select a.attname::text from unnest(con.conkey) with ordinality k(number, place) join pg_catalog.pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.number order by k.place) end,
            case when con.contype = 'c' then pg_catalog.pg_get_expr(con.conbin, con.conrelid) else pg_catalog.pg_get_constraintdef(con.oid) end,
            fn.nspname::text, fc.relname::text,
            array(select a.attname::text from unnest(con.confkey) with ordinality k(number, place) join pg_catalog.pg_attribute a on a.attrelid = con.confrelid and a.attnum = k.number order by k.place),
            con.condeferrable, con.confmatchtype = 'f', coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false), coalesce((to_jsonb(con) ->> 'conperiod')::boolean, false)
        from pg_catalog.pg_constraint con
            left join pg_catalog.pg_class fc on fc.oid = con.confrelid left join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
            left join pg_catalog.pg_index i on i.indexrelid = con.conindid and con.contype in ('p', 'u')
        where con.conrelid = any($1::int8[]::oid[]) and con.contype in ('p', 'u', 'f', 'c', 'x') and con.conparentid = 0
            and coalesce((to_jsonb(con) ->> 'conenforced')::boolean, true)
            and (con.contype <> 'c' or con.coninhcount = 0 or con.conrelid = any($2::int8[]::oid[]))
        order by con.contype = 'p' desc, con.conname collate "C", con.conrelid
        """;

    /// <summary>Unique indexes that no constraint stands for.</summary>
    public const string UniqueIndexes = """
        select i.indrelid::int8, c.relname::text,
            array(select a.attname::text from generate_series(0, i.indnkeyatts - 1) k(place) join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[k.place] where i.indkey[k.place] > 0 order by k.place),
            array(select pg_catalog.pg_get_indexdef(i.indexrelid, k.place + 1, false) from generate_series(0, i.indnkeyatts - 1) k(place) where i.indkey[k.place] = 0 order by k.place),
            pg_catalog.pg_get_expr(i.indpred, i.indrelid), coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false)
        from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
        where i.indrelid = any($1::int8[]::oid[]) and i.indisunique and not c.relispartition
            and not exists (select from pg_catalog.pg_constraint con where con.conindid = i.indexrelid and con.contype in ('p', 'u', 'x'))
        order by c.relname collate "C", i.indrelid
        """;

    /// <summary>All types of people's own; the reader keeps those that the columns reach.</summary>
    public static readonly string Types = $"""
        select t.oid::int8, t.typname::text, {Type("t.typbasetype", "t.typtypmod", "t.typndims")}, t.typnotnull, null::text, t.typdefault, n.nspname::text, t.typtype::text,
            array(select e.enumlabel::text from pg_catalog.pg_enum e where e.enumtypid = t.oid order by e.enumsortorder),
            (select pg_catalog.format_type(r.rngsubtype, null) from pg_catalog.pg_range r where r.rngtypid = t.oid or (to_jsonb(r) ->> 'rngmultitypid')::int8 = t.oid::int8),
            array(select con.conname::text from pg_catalog.pg_constraint con where con.contypid = t.oid and con.contype = 'c' order by con.conname collate "C"),
            array(select pg_catalog.pg_get_expr(con.conbin, 0) from pg_catalog.pg_constraint con where con.contypid = t.oid and con.contype = 'c' order by con.conname collate "C")
        from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace left join pg_catalog.pg_class c on c.oid = t.typrelid
        where t.typtype in ('e', 'd', 'r', 'm', 'c') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
            and (t.typtype <> 'c' or c.relkind = 'c' or exists (select from pg_catalog.pg_attribute u where u.atttypid = t.oid and u.attrelid = any($1::int8[]::oid[])))
        order by n.nspname collate "C", t.typname collate "C"
        """;

    /// <summary>Attributes of composite types.</summary>
    public static readonly string Attributes = $"""
        select t.oid::int8, a.attname::text, {Type("a.atttypid", "a.atttypmod", "a.attndims")}, a.attnotnull, null::text, null::text
        from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace join pg_catalog.pg_class c on c.oid = t.typrelid
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where t.typtype = 'c' and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
            and (c.relkind = 'c' or exists (select from pg_catalog.pg_attribute u where u.atttypid = t.oid and u.attrelid = any($1::int8[]::oid[])))
        order by t.oid, a.attnum
        """;

    /// <summary>A type as the server writes it, its own name and schema, length, precision, scale and dimensions.</summary>
    private static string Type(string type, string modifier, string dimensions) => $"""
        pg_catalog.format_type({type}, {modifier}),
            (select case when b.typcategory = 'A' and b.typelem <> 0 then e.typname else b.typname end::text from pg_catalog.pg_type b left join pg_catalog.pg_type e on e.oid = b.typelem where b.oid = {type}),
            (select nullif(bn.nspname, 'pg_catalog')::text from pg_catalog.pg_type b left join pg_catalog.pg_type e on e.oid = b.typelem and b.typcategory = 'A'
                join pg_catalog.pg_namespace bn on bn.oid = coalesce(e.typnamespace, b.typnamespace) where b.oid = {type}),
            (select case when b.typcategory = 'A' and b.typelem <> 0 then greatest(1, {dimensions}) else 0 end from pg_catalog.pg_type b where b.oid = {type}),
            {modifier}
        """;
}
