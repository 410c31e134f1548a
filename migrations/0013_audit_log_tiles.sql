CREATE TABLE "audit_log_checkpoints" (
	"size" bigint PRIMARY KEY NOT NULL,
	"root" "bytea" NOT NULL,
	"note" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log_cosignatures" (
	"size" bigint NOT NULL,
	"witness" text NOT NULL,
	"line" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "audit_log_cosignatures_size_witness_pk" PRIMARY KEY("size","witness")
);
--> statement-breakpoint
CREATE TABLE "audit_log_keys" (
	"vkey" text PRIMARY KEY NOT NULL,
	"first_used_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log_tiles" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"hashes" "bytea" NOT NULL,
	"root" "bytea" NOT NULL,
	CONSTRAINT "audit_log_tiles_level_index_pk" PRIMARY KEY("level","index")
);
--> statement-breakpoint
CREATE TABLE "audit_log_witnesses" (
	"vkey" text NOT NULL,
	"version" integer NOT NULL,
	"is_taken" boolean NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "audit_log_witnesses_vkey_version_pk" PRIMARY KEY("vkey","version")
);
--> statement-breakpoint
ALTER TABLE "audit_log_cosignatures" ADD CONSTRAINT "audit_log_cosignatures_size_audit_log_checkpoints_size_fk" FOREIGN KEY ("size") REFERENCES "public"."audit_log_checkpoints"("size") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- What was given out of the tree, and who stood for it, is evidence: added and read, never changed.
grant select, insert on audit_log_tiles, audit_log_checkpoints, audit_log_cosignatures, audit_log_witnesses, audit_log_keys to tongjian_gateway;
