CREATE TABLE "indicator_days" (
	"institution" integer NOT NULL,
	"day" date NOT NULL,
	"due_since" timestamp (3) with time zone,
	"counted_at" timestamp (3) with time zone,
	"asked" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "indicator_days_institution_day_pk" PRIMARY KEY("institution","day")
);
--> statement-breakpoint
CREATE TABLE "indicator_examinations" (
	"institution" integer NOT NULL,
	"day" date NOT NULL,
	"item" text NOT NULL,
	"source" integer NOT NULL,
	"examinations" integer NOT NULL,
	"repeats" integer NOT NULL,
	"patients" integer NOT NULL,
	"repeated_patients" integer NOT NULL,
	CONSTRAINT "indicator_examinations_institution_day_item_source_pk" PRIMARY KEY("institution","day","item","source")
);
--> statement-breakpoint
CREATE TABLE "indicator_item_times" (
	"institution" integer NOT NULL,
	"day" date NOT NULL,
	"visit" integer NOT NULL,
	"item" text NOT NULL,
	"source" integer NOT NULL,
	"is_main" boolean NOT NULL,
	"department" text NOT NULL,
	"doctor" text NOT NULL,
	"doctor_name" text NOT NULL,
	"is_reminded" boolean NOT NULL,
	"is_eligible" boolean NOT NULL,
	"outcome" text,
	"reason" text,
	"decided_ms" bigint,
	CONSTRAINT "indicator_item_times_institution_day_visit_item_source_pk" PRIMARY KEY("institution","day","visit","item","source")
);
--> statement-breakpoint
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
CREATE INDEX "indicator_days_due" ON "indicator_days" USING btree ("due_since") WHERE due_since is not null;--> statement-breakpoint
CREATE INDEX "indicator_examinations_by_source" ON "indicator_examinations" USING btree ("source","day");--> statement-breakpoint
CREATE INDEX "indicator_item_times_by_source" ON "indicator_item_times" USING btree ("source","day");--> statement-breakpoint
CREATE INDEX "indicator_item_times_by_day" ON "indicator_item_times" USING btree ("day");--> statement-breakpoint
CREATE INDEX "leads_by_time" ON "leads" USING btree ("performed_at","id");--> statement-breakpoint
CREATE INDEX "leads_by_institution" ON "leads" USING btree ("institution","performed_at","id");--> statement-breakpoint
CREATE INDEX "repeat_findings_by_time" ON "repeat_findings" USING btree ("performed_at","institution");--> statement-breakpoint
CREATE INDEX "repeat_findings_by_institution" ON "repeat_findings" USING btree ("institution","performed_at");--> statement-breakpoint
CREATE INDEX "repeat_findings_by_person" ON "repeat_findings" USING btree ("person","institution","performed_at");--> statement-breakpoint
-- Findings and what happened to leads are evidence; where a lead stands now follows its events.
grant select, insert on repeat_findings, lead_events to tongjian_gateway;
--> statement-breakpoint
grant select, insert on leads to tongjian_gateway;
--> statement-breakpoint
grant update (state, outcome, reviewer, events, changed_at) on leads to tongjian_gateway;
--> statement-breakpoint
-- Indicators are made from the events and made anew at any time: no evidence. Days are marked, their rows are replaced.
grant select, insert, update on indicator_days to tongjian_gateway;
--> statement-breakpoint
grant select, insert, delete on indicator_item_times, indicator_examinations to tongjian_gateway;
