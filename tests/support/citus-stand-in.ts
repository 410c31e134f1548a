import type pg from 'pg';

/**
 * What the command calls of Citus, on a PostgreSQL without it: it keeps what was placed, and refuses what Citus refuses by its manual. What a real
 * Citus would do with the rows it cannot show.
 */
const STAND_IN = `
  create schema citus_stand_in;
  set search_path = public, citus_stand_in;

  create table citus_stand_in.citus_tables (
    table_name regclass primary key, citus_table_type text not null, distribution_column text not null, colocation_id integer not null);
  create table citus_stand_in.pg_dist_local_group (groupid integer not null);
  create table citus_stand_in.pg_dist_node (
    groupid integer not null, isactive boolean not null default true, shouldhaveshards boolean not null, noderole text not null default 'primary');
  insert into citus_stand_in.pg_dist_local_group values (0);
  insert into citus_stand_in.pg_dist_node (groupid, shouldhaveshards) values (0, false), (1, true), (2, true);

  create function citus_stand_in.refuse_placed(one regclass) returns void language plpgsql as $$
    begin
      if exists (select from citus_tables where table_name = one) then raise 'table "%" is already distributed', one; end if;
      if exists (select from pg_class where oid = one and relispartition) then raise '"%" is a partition', one; end if;
      if exists (select from pg_trigger where tgrelid = one and not tgisinternal) then raise 'triggers are not supported on distributed tables'; end if;
    end $$;

  create function citus_stand_in.create_reference_table(one regclass) returns void language plpgsql as $$
    declare target regclass;
    begin
      perform refuse_placed(one);
      for target in select confrelid from pg_constraint where conrelid = one and contype = 'f' loop
        if not exists (select from citus_tables where table_name = target and citus_table_type = 'reference') then
          raise 'reference tables can only have foreign keys to reference tables, not to %', target;
        end if;
      end loop;
      insert into citus_tables values (one, 'reference', '<none>', 0);
    end $$;

  create function citus_stand_in.create_distributed_table(one regclass, distribution_column text, colocate_with text default 'default')
    returns void language plpgsql as $$
    declare
      wrong text;
      shards integer := (select coalesce(max(colocation_id), 0) + 1 from citus_tables);
    begin
      perform refuse_placed(one);
      select i.indexrelid::regclass into wrong from pg_index i
       where i.indrelid = one and i.indisunique and not exists (
         select from pg_attribute a where a.attrelid = one and a.attname = distribution_column and a.attnum = any (i.indkey::smallint[]));
      if wrong is not null then raise 'cannot create constraint on "%": % does not include the distribution column', one, wrong; end if;
      if colocate_with <> 'none' then
        select colocation_id into shards from citus_tables where table_name = colocate_with::regclass and citus_table_type = 'distributed';
        if shards is null then raise 'table % is not distributed', colocate_with; end if;
      end if;
      select conname into wrong from pg_constraint f where conrelid = one and contype = 'f' and not exists (
        select from citus_tables t where t.table_name = f.confrelid and (t.citus_table_type = 'reference' or t.colocation_id = shards));
      if wrong is not null then raise 'cannot create foreign key constraint %', wrong; end if;
      insert into citus_tables values (one, 'distributed', distribution_column, shards);
    end $$;`;

/** Puts it into the database of this connection, for the session, until the transaction is rolled back. */
export async function standInForCitus(client: pg.Client): Promise<void> {
  await client.query(STAND_IN);
}
