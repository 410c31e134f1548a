CREATE TABLE "access_log_pending" (
	"person" bigint NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"id" bigint NOT NULL,
	CONSTRAINT "access_log_pending_person_recorded_at_id_pk" PRIMARY KEY("person","recorded_at","id")
);
--> statement-breakpoint
CREATE TABLE "audit_log_leaves" (
	"index" bigint PRIMARY KEY NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"entry" bigint NOT NULL,
	"commitment" "bytea" NOT NULL,
	CONSTRAINT "audit_log_leaves_by_entry" UNIQUE("recorded_at","entry")
);
--> statement-breakpoint
CREATE TABLE "follower_failures" (
	"follower" text NOT NULL,
	"leaf" bigint NOT NULL,
	"error" text NOT NULL,
	"attempts" integer NOT NULL,
	"failed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "follower_failures_follower_leaf_pk" PRIMARY KEY("follower","leaf")
);
--> statement-breakpoint
CREATE TABLE "log_followers" (
	"follower" text PRIMARY KEY NOT NULL,
	"next" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "access_log" ADD COLUMN "salt" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "recognition_checks" ADD COLUMN "department" text;--> statement-breakpoint
ALTER TABLE "recognition_checks" ADD COLUMN "insurance" text;--> statement-breakpoint
-- Entries of earlier releases get their places as well, in the order of their moments as far as a batch reaches.
insert into access_log_pending (person, recorded_at, id) select person, recorded_at, id from access_log;
--> statement-breakpoint
-- Leaves are evidence: added and read, never changed. What waits is taken out when it has its place.
grant select, insert on audit_log_leaves to tongjian_gateway;
--> statement-breakpoint
grant select, insert, delete on access_log_pending to tongjian_gateway;
--> statement-breakpoint
grant select, insert, update on log_followers, follower_failures to tongjian_gateway;
--> statement-breakpoint
-- Rows come and go by the second: cleared often, so that the table stays as small as what waits.
alter table access_log_pending set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
