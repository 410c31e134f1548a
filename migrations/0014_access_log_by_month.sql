CREATE INDEX "access_log_by_practitioner" ON "access_log" USING btree ("practitioner_value","recorded_at","id") WHERE practitioner_value is not null;--> statement-breakpoint
CREATE INDEX "access_log_by_interaction" ON "access_log" USING btree ("interaction","recorded_at","id");--> statement-breakpoint
CREATE INDEX "access_log_out_of_the_ordinary" ON "access_log" USING btree ("recorded_at","id") WHERE outcome <> 0 or purpose <> 'TREAT' or action = 'D';
--> statement-breakpoint
-- By hand: the access log becomes a table parted by month (in Beijing, UTC+8). Every row is copied, with its salt; then the indexes are built
-- on what was copied.
do $$
declare
  definitions text[];
  definition text;
  starts timestamp;
begin
  alter table access_log rename to access_log_whole;
  create table access_log (like access_log_whole including defaults) partition by range (recorded_at);
  create table access_log_rest partition of access_log default;
  for starts in
    select distinct date_trunc('month', recorded_at at time zone interval '8 hours') from access_log_whole order by 1
  loop
    execute format(
      'create table %I partition of access_log for values from (%L) to (%L)',
      'access_log_' || to_char(starts, 'YYYY_MM'),
      to_char(starts, 'YYYY-MM-DD') || ' 00:00:00+08',
      to_char(starts + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+08'
    );
  end loop;
  insert into access_log select * from access_log_whole;

  select array_agg(pg_get_indexdef(indexrelid)) into definitions
    from pg_index where indrelid = 'access_log_whole'::regclass and not indisprimary;
  drop table access_log_whole;
  alter table access_log add constraint access_log_person_recorded_at_id_pk primary key (person, recorded_at, id);
  foreach definition in array definitions loop
    execute replace(definition, '.access_log_whole ', '.access_log ');
  end loop;
end $$;
--> statement-breakpoint
-- The months themselves are closed to the gateway: it reads and adds through the whole table, and has no way round it.
grant select, insert on access_log to tongjian_gateway;
