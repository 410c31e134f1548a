CREATE TABLE "cds_cards" (
	"person" bigint NOT NULL,
	"institution" integer NOT NULL,
	"visit" text NOT NULL,
	"item" text NOT NULL,
	"round" integer NOT NULL,
	"report" text NOT NULL,
	"number" bigint NOT NULL,
	"check" bigint NOT NULL,
	"client" text NOT NULL,
	"practitioner" jsonb NOT NULL,
	"hook" text NOT NULL,
	"hook_instance" text NOT NULL,
	"encounter" text,
	"order_id" text,
	"shown_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cds_cards_person_institution_visit_item_round_report_pk" PRIMARY KEY("person","institution","visit","item","round","report")
);
--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "cds_issuer" text;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "cds_fhir_server" text;--> statement-breakpoint
CREATE INDEX "cds_cards_by_number" ON "cds_cards" USING btree ("person","number");--> statement-breakpoint
CREATE UNIQUE INDEX "clients_by_cds_issuer" ON "clients" USING btree ("cds_issuer") WHERE removed_at is null;--> statement-breakpoint
-- What the gateway may do with the new table: reminders are evidence, added and read, never changed.
grant select, insert on cds_cards to tongjian_gateway;
