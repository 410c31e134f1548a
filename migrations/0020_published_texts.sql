CREATE TABLE "published_texts" (
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "published_texts_person_id_pk" PRIMARY KEY("person","id")
);
--> statement-breakpoint
ALTER TABLE "resource_versions" ADD COLUMN "text_value" bigint;--> statement-breakpoint
ALTER TABLE "resource_versions" ADD COLUMN "text_from" integer;--> statement-breakpoint
ALTER TABLE "resource_versions" ADD COLUMN "text_bytes" integer;--> statement-breakpoint
CREATE VIEW "public"."version_texts" WITH (security_invoker = true) AS (select v.person, v.id, v.version, v.type, v.institution, v.recorded_at,
       case when v.text_value is null then v.content
            else (select convert_from(substring(t.content from v.text_from for v.text_bytes), 'UTF8')
                    from published_texts t where t.person = v.person and t.id = v.text_value) end as content
  from resource_versions v);
--> statement-breakpoint
grant select, insert on published_texts to tongjian_gateway;
--> statement-breakpoint
grant select on version_texts to tongjian_gateway;
--> statement-breakpoint
-- A value that is compressed to 4 kB at most stays in its row, two rows and more a page. By the default of 2 kB it would be cut into pieces that
-- are found by an index of their own; a report of twenty results is 2.3 kB.
alter table published_texts set (toast_tuple_target = 4080);
--> statement-breakpoint
-- Housekeeping by what becomes of a table's rows; small tables are served by the server's own settings. The defaults wait for a fifth of a table,
-- which of a hundred million rows is months.
do $$
declare
  name text;
begin
  -- Rows come and never change. A vacuum that follows soon keeps index-only scans out of the table, and goes over the new pages alone; it freezes
  -- them at once, so that no later one has to read the whole table for that. The newest rows are asked for most: statistics follow them.
  foreach name in array array[
    'published_texts', 'resource_versions', 'publications', 'publication_contents', 'person_documents', 'audit_log_leaves', 'audit_log_tiles',
    'recognition_checks', 'recognition_decisions', 'decision_revocations', 'decision_citations', 'cds_cards', 'emergency_reviews',
    'savings_entries', 'savings_postings', 'repeat_findings', 'lead_events', 'report_corrections', 'recalls', 'recall_reliances',
    'recall_acknowledgements', 'person_links', 'person_merges', 'person_merge_ends'
  ] || array(select inhrelid::regclass::text from pg_inherits where inhparent = 'access_log'::regclass)
  loop
    execute format(
      'alter table %I set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02, autovacuum_freeze_min_age = 0)',
      name
    );
  end loop;
  -- Rows come, and some of them change or go: what they leave behind is cleared away while it is little, since each reader of a person passes it.
  foreach name in array array[
    'resources', 'resource_keys', 'consents', 'leads', 'merged_persons', 'indicator_days', 'indicator_examinations', 'indicator_item_times'
  ]
  loop
    execute format(
      'alter table %I set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)',
      name
    );
  end loop;
  -- All rows go soon after they came, so that a share of the table means nothing: a number of them is waited for, and nothing else.
  alter table used_assertions set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
end $$;
