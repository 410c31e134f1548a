CREATE TABLE "consent_policies" (
	"division" text NOT NULL,
	"version" integer NOT NULL,
	"policy" text NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "consent_policies_division_version_pk" PRIMARY KEY("division","version")
);
--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "rules" jsonb;--> statement-breakpoint
ALTER TABLE "institutions" ADD COLUMN "part_of" text;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "labels" text[];--> statement-breakpoint
grant select, insert on consent_policies to tongjian_gateway;
--> statement-breakpoint
-- What institutions registered before are part of, as their Organizations say it.
update institutions i
   set part_of = substring(v.content::jsonb #>> '{partOf,reference}' from 'Organization/([A-Za-z0-9.-]{1,64})$')
  from resources r join resource_versions v on v.person = r.person and v.id = r.id and v.version = r.version
 where r.type = 'Organization' and not r.deleted
   and i.organization = lpad(to_hex(r.person), 16, '0') || lpad(to_hex(r.id), 16, '0');
