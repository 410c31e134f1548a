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
CREATE INDEX "indicator_days_due" ON "indicator_days" USING btree ("due_since") WHERE due_since is not null;--> statement-breakpoint
CREATE INDEX "indicator_examinations_by_source" ON "indicator_examinations" USING btree ("source","day");--> statement-breakpoint
CREATE INDEX "indicator_item_times_by_source" ON "indicator_item_times" USING btree ("source","day");--> statement-breakpoint
CREATE INDEX "indicator_item_times_by_day" ON "indicator_item_times" USING btree ("day");--> statement-breakpoint
CREATE INDEX "repeat_findings_by_institution" ON "repeat_findings" USING btree ("institution","performed_at");--> statement-breakpoint
-- Indicators are made from the events and made anew at any time: no evidence. Days are marked, their rows are replaced.
grant select, insert, update on indicator_days to tongjian_gateway;
--> statement-breakpoint
grant select, insert, delete on indicator_item_times, indicator_examinations to tongjian_gateway;
