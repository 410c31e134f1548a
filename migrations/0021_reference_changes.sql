CREATE TABLE "reference_changes" (
	"sole" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"change" uuid NOT NULL
);
--> statement-breakpoint
-- What a gateway changes it names, and reads what others named.
grant select, insert, update on reference_changes to tongjian_gateway;
