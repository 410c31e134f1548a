CREATE TABLE "mapping_loads" (
	"institution" integer NOT NULL,
	"revision" integer NOT NULL,
	"loaded_at" timestamp (3) with time zone NOT NULL,
	"fingerprint" text NOT NULL,
	"mappings" integer NOT NULL,
	"source" text,
	CONSTRAINT "mapping_loads_institution_revision_pk" PRIMARY KEY("institution","revision")
);
--> statement-breakpoint
CREATE TABLE "mappings" (
	"institution" integer NOT NULL,
	"revision" integer NOT NULL,
	"system" text NOT NULL,
	"code" text NOT NULL,
	"display" text,
	"item" text NOT NULL,
	"equivalence" text NOT NULL,
	"comment" text,
	"token" bigint NOT NULL,
	CONSTRAINT "mappings_institution_revision_code_system_item_pk" PRIMARY KEY("institution","revision","code","system","item")
);
--> statement-breakpoint
CREATE INDEX "mappings_by_item" ON "mappings" USING btree ("item","institution","revision");--> statement-breakpoint
-- Evidence: what a check made of a local code can still be named by the revision it rested on.
grant select, insert on
  mapping_loads,
  mappings
to tongjian_gateway;
