CREATE TABLE "lead_events" (
	"person" bigint NOT NULL,
	"lead" bigint NOT NULL,
	"number" smallint NOT NULL,
	"kind" text NOT NULL,
	"outcome" text,
	"text" text,
	"institution" integer,
	"client" text,
	"practitioner" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lead_events_person_lead_number_pk" PRIMARY KEY("person","lead","number")
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"report" bigint NOT NULL,
	"item" text NOT NULL,
	"institution" integer NOT NULL,
	"performed_at" timestamp (3) with time zone NOT NULL,
	"doctor_system" text,
	"doctor_value" text,
	"doctor_name" text,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"reviewer" jsonb,
	"events" smallint NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "leads_person_id_pk" PRIMARY KEY("person","id"),
	CONSTRAINT "leads_once" UNIQUE("person","report","item")
);
--> statement-breakpoint
CREATE TABLE "repeat_findings" (
	"person" bigint NOT NULL,
	"report" bigint NOT NULL,
	"item" text NOT NULL,
	"round" smallint NOT NULL,
	"version" integer NOT NULL,
	"institution" integer NOT NULL,
	"outcome" text NOT NULL,
	"performed_at" timestamp (3) with time zone NOT NULL,
	"decision_person" bigint,
	"decision" bigint,
	"evidence" jsonb,
	"judged_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "repeat_findings_person_report_item_round_pk" PRIMARY KEY("person","report","item","round")
);
--> statement-breakpoint
CREATE INDEX "leads_by_time" ON "leads" USING btree ("performed_at","id");--> statement-breakpoint
CREATE INDEX "leads_by_institution" ON "leads" USING btree ("institution","performed_at","id");--> statement-breakpoint
CREATE INDEX "repeat_findings_by_time" ON "repeat_findings" USING btree ("performed_at","institution");--> statement-breakpoint
CREATE INDEX "repeat_findings_by_person" ON "repeat_findings" USING btree ("person","institution","performed_at");--> statement-breakpoint
-- Findings and what happened to leads are evidence; where a lead stands now follows its events.
grant select, insert on repeat_findings, lead_events to tongjian_gateway;
--> statement-breakpoint
grant select, insert on leads to tongjian_gateway;
--> statement-breakpoint
grant update (state, outcome, reviewer, events, changed_at) on leads to tongjian_gateway;
