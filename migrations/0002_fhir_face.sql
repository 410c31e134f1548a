CREATE TABLE "definitions" (
	"url" text NOT NULL,
	"version" text NOT NULL,
	"type" text NOT NULL,
	"name" text,
	"subjects" jsonb NOT NULL,
	"package" text NOT NULL,
	"package_version" text NOT NULL,
	"sha256" text NOT NULL,
	"id" bigint NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "definitions_url_version_type_pk" PRIMARY KEY("url","version","type")
);
--> statement-breakpoint
CREATE TABLE "packages" (
	"name" text NOT NULL,
	"version" text NOT NULL,
	"canonical" text,
	"sha256" text NOT NULL,
	"loaded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "packages_name_version_pk" PRIMARY KEY("name","version")
);
--> statement-breakpoint
CREATE TABLE "identifier_domains" (
	"system" text NOT NULL,
	"institution" integer NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "identifier_domains_system_institution_pk" PRIMARY KEY("system","institution")
);
--> statement-breakpoint
CREATE TABLE "merged_persons" (
	"person" bigint NOT NULL,
	"other" bigint NOT NULL,
	CONSTRAINT "merged_persons_person_other_pk" PRIMARY KEY("person","other")
);
--> statement-breakpoint
CREATE TABLE "person_merge_ends" (
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"version" integer NOT NULL,
	"ended_by" integer NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "person_merge_ends_person_id_version_pk" PRIMARY KEY("person","id","version")
);
--> statement-breakpoint
CREATE TABLE "person_merges" (
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"version" integer NOT NULL,
	"survivor_person" bigint NOT NULL,
	"survivor_id" bigint NOT NULL,
	"institution" integer NOT NULL,
	"merged_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "person_merges_person_id_version_pk" PRIMARY KEY("person","id","version")
);
--> statement-breakpoint
CREATE TABLE "server_secrets" (
	"purpose" text PRIMARY KEY NOT NULL,
	"secret" "bytea" NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "resources_by_institution";--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "ranges" numeric[];--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "texts" text[];--> statement-breakpoint
CREATE INDEX "definitions_by_package" ON "definitions" USING btree ("package","package_version");--> statement-breakpoint
CREATE INDEX "resource_versions_by_institution" ON "resource_versions" USING btree ("institution","recorded_at");--> statement-breakpoint
CREATE INDEX "resource_versions_about_nobody" ON "resource_versions" USING btree ("recorded_at") WHERE person < 1099511627776;--> statement-breakpoint
CREATE INDEX "resources_by_institution" ON "resources" USING btree ("institution","type","effective_from" DESC NULLS LAST,"person","id");--> statement-breakpoint
grant select, insert on server_secrets to tongjian_gateway;

--> statement-breakpoint
grant select, insert on person_merges, person_merge_ends, identifier_domains to tongjian_gateway;
--> statement-breakpoint
-- The present, which follows from the evidence of the three tables about who is who.
grant select, insert, delete on merged_persons to tongjian_gateway;
--> statement-breakpoint
grant select, insert on packages to tongjian_gateway;
--> statement-breakpoint
grant select, insert on definitions to tongjian_gateway;

--> statement-breakpoint
-- Systems of the Patients that are there already; those to come are noted when they are published.
insert into identifier_domains (system, institution, first_seen_at)
select identifier ->> 'system', r.institution, min(r.recorded_at)
  from resources r
  join resource_versions v on v.person = r.person and v.id = r.id and v.version = r.version
 cross join lateral json_array_elements(
   case when json_typeof(v.content::json -> 'identifier') = 'array' then v.content::json -> 'identifier' else '[]' end) as identifier
 where r.type = 'Patient' and not r.deleted and json_typeof(identifier) = 'object' and coalesce(identifier ->> 'system', '') <> ''
 group by 1, 2;
