CREATE TABLE "emergency_reviews" (
	"person" bigint NOT NULL,
	"accessed_at" timestamp (3) with time zone NOT NULL,
	"access" bigint NOT NULL,
	"outcome" text NOT NULL,
	"text" text NOT NULL,
	"institution" integer NOT NULL,
	"client" text NOT NULL,
	"practitioner_system" text NOT NULL,
	"practitioner_value" text NOT NULL,
	"practitioner_name" text NOT NULL,
	"reviewed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "emergency_reviews_person_accessed_at_access_pk" PRIMARY KEY("person","accessed_at","access")
);
--> statement-breakpoint
ALTER TABLE "access_log" ADD COLUMN "consents" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "access_log_due_for_review" ON "access_log" USING btree ("recorded_at","id") WHERE review_due;--> statement-breakpoint
-- Reviews of emergency accesses are evidence: added and read, never changed.
grant select, insert on emergency_reviews to tongjian_gateway;
