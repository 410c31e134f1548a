CREATE TABLE "access_log" (
	"person" bigint NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"id" bigint NOT NULL,
	"action" char(1) NOT NULL,
	"interaction" text NOT NULL,
	"outcome" smallint NOT NULL,
	"failure" text,
	"institution" integer,
	"client" text,
	"practitioner_system" text,
	"practitioner_value" text,
	"practitioner_name" text,
	"purpose" text NOT NULL,
	"reason" text,
	"review_due" boolean DEFAULT false NOT NULL,
	"entities" text[] NOT NULL,
	"query" text,
	"request_id" text NOT NULL,
	"address" text,
	CONSTRAINT "access_log_person_recorded_at_id_pk" PRIMARY KEY("person","recorded_at","id")
);
--> statement-breakpoint
CREATE TABLE "catalogue_editions" (
	"edition" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"effective_from" date NOT NULL,
	"loaded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "catalogue_editions_effective_from_unique" UNIQUE("effective_from")
);
--> statement-breakpoint
CREATE TABLE "catalogue_items" (
	"edition" text NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"loinc" text,
	"unit" text,
	"specimen_or_body_part" text,
	"modality" text,
	"window_minutes" integer,
	"window_basis" text NOT NULL,
	CONSTRAINT "catalogue_items_edition_code_pk" PRIMARY KEY("edition","code")
);
--> statement-breakpoint
CREATE TABLE "catalogue_reasons" (
	"list" text NOT NULL,
	"code" text NOT NULL,
	"text_zh" text NOT NULL,
	"text_en" text NOT NULL,
	"counts_as_denial" boolean NOT NULL,
	"note_required" boolean NOT NULL,
	CONSTRAINT "catalogue_reasons_list_code_pk" PRIMARY KEY("list","code")
);
--> statement-breakpoint
CREATE TABLE "prices" (
	"holder" text NOT NULL,
	"item" text NOT NULL,
	"version" integer NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"amount_fen" bigint NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prices_holder_item_version_pk" PRIMARY KEY("holder","item","version")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"version" integer NOT NULL,
	"institution" integer NOT NULL,
	"grantees" integer[] NOT NULL,
	"decision" text NOT NULL,
	"categories" text[] NOT NULL,
	"purposes" text[] NOT NULL,
	"valid_from" timestamp (3) with time zone,
	"valid_until" timestamp (3) with time zone,
	"method" text NOT NULL,
	"active" boolean NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "consents_person_id_pk" PRIMARY KEY("person","id")
);
--> statement-breakpoint
CREATE TABLE "alliance_members" (
	"alliance" text NOT NULL,
	"institution" integer NOT NULL,
	CONSTRAINT "alliance_members_alliance_institution_pk" PRIMARY KEY("alliance","institution")
);
--> statement-breakpoint
CREATE TABLE "alliances" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "institutions" (
	"institution" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "institutions_institution_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"uscc" text NOT NULL,
	"name" text NOT NULL,
	"level" smallint,
	"grade" text,
	"district" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"organization" text,
	"registered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "institutions_uscc_unique" UNIQUE("uscc"),
	CONSTRAINT "institutions_organization_unique" UNIQUE("organization")
);
--> statement-breakpoint
CREATE TABLE "named_regions" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"divisions" text[] NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_documents" (
	"system" text NOT NULL,
	"value" text NOT NULL,
	"person" bigint NOT NULL,
	"names" text[] NOT NULL,
	"birth_date" date NOT NULL,
	"gender" text,
	"institution" integer NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "person_documents_system_value_pk" PRIMARY KEY("system","value")
);
--> statement-breakpoint
CREATE TABLE "person_links" (
	"person" bigint NOT NULL,
	"other" bigint NOT NULL,
	"institution" integer NOT NULL,
	"linked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "person_links_person_other_pk" PRIMARY KEY("person","other")
);
--> statement-breakpoint
CREATE TABLE "decision_citations" (
	"person" bigint NOT NULL,
	"decision" bigint NOT NULL,
	"practitioner" jsonb NOT NULL,
	"cited_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "decision_citations_person_decision_pk" PRIMARY KEY("person","decision")
);
--> statement-breakpoint
CREATE TABLE "decision_revocations" (
	"person" bigint NOT NULL,
	"decision" bigint NOT NULL,
	"practitioner" jsonb NOT NULL,
	"reason" text NOT NULL,
	"revoked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "decision_revocations_person_decision_pk" PRIMARY KEY("person","decision")
);
--> statement-breakpoint
CREATE TABLE "recognition_checks" (
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"institution" integer NOT NULL,
	"client" text NOT NULL,
	"practitioner" jsonb NOT NULL,
	"encounter" text,
	"setting" text NOT NULL,
	"trigger" text NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL,
	"edition" text,
	"rules_version" text NOT NULL,
	"answer" jsonb NOT NULL,
	CONSTRAINT "recognition_checks_person_id_pk" PRIMARY KEY("person","id")
);
--> statement-breakpoint
CREATE TABLE "recognition_decisions" (
	"person" bigint NOT NULL,
	"check" bigint NOT NULL,
	"item" text NOT NULL,
	"id" bigint NOT NULL,
	"institution" integer NOT NULL,
	"client" text NOT NULL,
	"practitioner" jsonb NOT NULL,
	"decision" text NOT NULL,
	"reason_list" text,
	"reason" text,
	"reason_text" text,
	"source_institution" integer NOT NULL,
	"report" text NOT NULL,
	"report_version" integer NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "recognition_decisions_person_check_item_pk" PRIMARY KEY("person","check","item")
);
--> statement-breakpoint
CREATE TABLE "publication_contents" (
	"institution" integer NOT NULL,
	"fingerprint" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"outcome" jsonb NOT NULL,
	CONSTRAINT "publication_contents_institution_fingerprint_pk" PRIMARY KEY("institution","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"institution" integer NOT NULL,
	"system" text NOT NULL,
	"value" text NOT NULL,
	"person" bigint NOT NULL,
	"report" bigint NOT NULL,
	CONSTRAINT "publications_institution_system_value_pk" PRIMARY KEY("institution","system","value")
);
--> statement-breakpoint
CREATE TABLE "resource_keys" (
	"key" uuid NOT NULL,
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"institution" integer NOT NULL,
	CONSTRAINT "resource_keys_key_person_id_pk" PRIMARY KEY("key","person","id")
);
--> statement-breakpoint
CREATE TABLE "resource_versions" (
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"institution" integer NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"content" text,
	CONSTRAINT "resource_versions_person_id_version_pk" PRIMARY KEY("person","id","version")
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"type" text NOT NULL,
	"version" integer NOT NULL,
	"institution" integer NOT NULL,
	"category" text,
	"status" text,
	"report" bigint,
	"deleted" boolean DEFAULT false NOT NULL,
	"effective_from" timestamp (3) with time zone,
	"effective_until" timestamp (3) with time zone,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"tokens" bigint[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "resources_person_id_pk" PRIMARY KEY("person","id")
);
--> statement-breakpoint
CREATE TABLE "savings_entries" (
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"kind" text NOT NULL,
	"decision" bigint NOT NULL,
	"check" bigint NOT NULL,
	"item" text NOT NULL,
	"institution" integer NOT NULL,
	"district" text NOT NULL,
	"source_institution" integer NOT NULL,
	"report" text NOT NULL,
	"report_version" integer NOT NULL,
	"encounter" text,
	"visit" text NOT NULL,
	"round" integer NOT NULL,
	"amount_fen" bigint NOT NULL,
	"priced" boolean NOT NULL,
	"price" text,
	"posted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "savings_entries_person_id_pk" PRIMARY KEY("person","id"),
	CONSTRAINT "savings_entries_once" UNIQUE("person","decision","kind"),
	CONSTRAINT "savings_entries_once_a_visit" UNIQUE("person","institution","item","visit","kind","round")
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"id" text PRIMARY KEY NOT NULL,
	"institution" integer NOT NULL,
	"name" text NOT NULL,
	"jwks" jsonb,
	"jwks_url" text,
	"scopes" text[] NOT NULL,
	"registered_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "revoked_tokens" (
	"jti" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"private_jwk" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "used_assertions" (
	"client" text NOT NULL,
	"jti" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "used_assertions_client_jti_pk" PRIMARY KEY("client","jti")
);
--> statement-breakpoint
ALTER TABLE "catalogue_items" ADD CONSTRAINT "catalogue_items_edition_catalogue_editions_edition_fk" FOREIGN KEY ("edition") REFERENCES "public"."catalogue_editions"("edition") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alliance_members" ADD CONSTRAINT "alliance_members_alliance_alliances_code_fk" FOREIGN KEY ("alliance") REFERENCES "public"."alliances"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alliance_members" ADD CONSTRAINT "alliance_members_institution_institutions_institution_fk" FOREIGN KEY ("institution") REFERENCES "public"."institutions"("institution") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_log_by_time" ON "access_log" USING btree ("recorded_at","id");--> statement-breakpoint
CREATE INDEX "access_log_by_institution" ON "access_log" USING btree ("institution","recorded_at","id");--> statement-breakpoint
CREATE INDEX "catalogue_items_by_loinc" ON "catalogue_items" USING btree ("edition","loinc");--> statement-breakpoint
CREATE INDEX "prices_by_item" ON "prices" USING btree ("item","holder","valid_from");--> statement-breakpoint
CREATE INDEX "consents_by_institution" ON "consents" USING btree ("institution","id");--> statement-breakpoint
CREATE INDEX "person_documents_by_person" ON "person_documents" USING btree ("person");--> statement-breakpoint
CREATE INDEX "recognition_checks_by_institution" ON "recognition_checks" USING btree ("institution","checked_at");--> statement-breakpoint
CREATE INDEX "recognition_decisions_by_id" ON "recognition_decisions" USING btree ("person","id");--> statement-breakpoint
CREATE INDEX "recognition_decisions_by_institution" ON "recognition_decisions" USING btree ("institution","decided_at");--> statement-breakpoint
CREATE INDEX "recognition_decisions_by_source" ON "recognition_decisions" USING btree ("source_institution","decided_at");--> statement-breakpoint
CREATE INDEX "resources_by_person_and_time" ON "resources" USING btree ("person","type","effective_from" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "resources_by_report" ON "resources" USING btree ("person","report");--> statement-breakpoint
CREATE INDEX "resources_by_institution" ON "resources" USING btree ("institution","type","id");--> statement-breakpoint
CREATE INDEX "savings_entries_by_time" ON "savings_entries" USING btree ("posted_at","person","id");--> statement-breakpoint
CREATE INDEX "savings_entries_by_institution" ON "savings_entries" USING btree ("institution","posted_at");--> statement-breakpoint
CREATE INDEX "clients_by_institution" ON "clients" USING btree ("institution");--> statement-breakpoint
CREATE INDEX "clients_by_removal" ON "clients" USING btree ("removed_at");--> statement-breakpoint
CREATE INDEX "revoked_tokens_by_revocation" ON "revoked_tokens" USING btree ("revoked_at");--> statement-breakpoint
CREATE INDEX "used_assertions_by_expiry" ON "used_assertions" USING btree ("expires_at");