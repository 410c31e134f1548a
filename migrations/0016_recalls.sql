CREATE TABLE "recall_acknowledgements" (
	"person" bigint NOT NULL,
	"recall" bigint NOT NULL,
	"client" text NOT NULL,
	"practitioner" jsonb NOT NULL,
	"note" text,
	"acknowledged_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "recall_acknowledgements_person_recall_pk" PRIMARY KEY("person","recall")
);
--> statement-breakpoint
CREATE TABLE "recall_reliances" (
	"person" bigint NOT NULL,
	"recall" bigint NOT NULL,
	"source" text NOT NULL,
	"basis" text NOT NULL,
	"practitioner" jsonb,
	"encounter" text,
	"item" text,
	"is_concerned" boolean NOT NULL,
	"results" text[] NOT NULL,
	"relied_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "recall_reliances_person_recall_source_pk" PRIMARY KEY("person","recall","source")
);
--> statement-breakpoint
CREATE TABLE "recalls" (
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"correction" bigint NOT NULL,
	"institution" integer NOT NULL,
	"publisher" integer NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"rules_version" text NOT NULL,
	CONSTRAINT "recalls_person_id_pk" PRIMARY KEY("person","id")
);
--> statement-breakpoint
CREATE TABLE "report_corrections" (
	"person" bigint NOT NULL,
	"id" bigint NOT NULL,
	"report" bigint NOT NULL,
	"report_version" integer,
	"institution" integer NOT NULL,
	"kind" text NOT NULL,
	"corrected_at" timestamp (3) with time zone NOT NULL,
	"leaf" bigint NOT NULL,
	"parts" text[] NOT NULL,
	"versions" jsonb NOT NULL,
	"is_whole" boolean NOT NULL,
	"difference" jsonb NOT NULL,
	CONSTRAINT "report_corrections_person_id_pk" PRIMARY KEY("person","id")
);
--> statement-breakpoint
CREATE INDEX "recalls_by_institution" ON "recalls" USING btree ("institution","told_at","id");--> statement-breakpoint
CREATE INDEX "recalls_by_publisher" ON "recalls" USING btree ("publisher","told_at","id");--> statement-breakpoint
CREATE INDEX "recalls_by_time" ON "recalls" USING btree ("told_at","id");--> statement-breakpoint
CREATE INDEX "report_corrections_by_report" ON "report_corrections" USING btree ("person","report","leaf");--> statement-breakpoint
CREATE INDEX "person_merges_by_survivor" ON "person_merges" USING btree ("survivor_person");--> statement-breakpoint
-- What others are told of is evidence: added and read, never changed.
grant select, insert on report_corrections, recalls, recall_reliances, recall_acknowledgements to tongjian_gateway;
