CREATE TABLE "certificate_withdrawals" (
	"certificate" text PRIMARY KEY NOT NULL,
	"withdrawn_from" date NOT NULL,
	"reason" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"id" text PRIMARY KEY NOT NULL,
	"institution" integer NOT NULL,
	"item" text NOT NULL,
	"scheme" text NOT NULL,
	"scope_kind" text NOT NULL,
	"scope_code" text NOT NULL,
	"mark" text NOT NULL,
	"score" numeric(5, 2),
	"valid_from" date NOT NULL,
	"valid_until" date NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_assignments" (
	"division" text NOT NULL,
	"version" integer NOT NULL,
	"rule_set" text,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rule_assignments_division_version_pk" PRIMARY KEY("division","version")
);
--> statement-breakpoint
CREATE TABLE "rule_sets" (
	"code" text NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rule_sets_code_version_pk" PRIMARY KEY("code","version")
);
--> statement-breakpoint
CREATE TABLE "alliance_parts" (
	"whole" text NOT NULL,
	"part" text NOT NULL,
	CONSTRAINT "alliance_parts_whole_part_pk" PRIMARY KEY("whole","part")
);
--> statement-breakpoint
CREATE TABLE "region_parts" (
	"whole" text NOT NULL,
	"part" text NOT NULL,
	CONSTRAINT "region_parts_whole_part_pk" PRIMARY KEY("whole","part")
);
--> statement-breakpoint
ALTER TABLE "certificate_withdrawals" ADD CONSTRAINT "certificate_withdrawals_certificate_certificates_id_fk" FOREIGN KEY ("certificate") REFERENCES "public"."certificates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alliance_parts" ADD CONSTRAINT "alliance_parts_whole_alliances_code_fk" FOREIGN KEY ("whole") REFERENCES "public"."alliances"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alliance_parts" ADD CONSTRAINT "alliance_parts_part_alliances_code_fk" FOREIGN KEY ("part") REFERENCES "public"."alliances"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "region_parts" ADD CONSTRAINT "region_parts_whole_named_regions_code_fk" FOREIGN KEY ("whole") REFERENCES "public"."named_regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "region_parts" ADD CONSTRAINT "region_parts_part_named_regions_code_fk" FOREIGN KEY ("part") REFERENCES "public"."named_regions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "certificates_in_order" ON "certificates" USING btree ("item","institution","valid_from","id");--> statement-breakpoint
CREATE INDEX "certificates_by_institution" ON "certificates" USING btree ("institution","item");--> statement-breakpoint
CREATE INDEX "alliance_parts_by_part" ON "alliance_parts" USING btree ("part");--> statement-breakpoint
CREATE INDEX "region_parts_by_part" ON "region_parts" USING btree ("part");--> statement-breakpoint
CREATE INDEX "alliance_members_by_institution" ON "alliance_members" USING btree ("institution");
--> statement-breakpoint
-- Evidence: a check names the certificate and the rules it rested on, so they are added and read, never changed.
grant select, insert on certificates, certificate_withdrawals, rule_sets, rule_assignments to tongjian_gateway;
--> statement-breakpoint
-- What is true for a while only.
grant select, insert, update, delete on alliance_parts, region_parts to tongjian_gateway;
