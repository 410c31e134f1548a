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
