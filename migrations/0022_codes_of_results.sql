ALTER TABLE "resources" ADD COLUMN "codes" bigint[];--> statement-breakpoint
-- 22164: the path `code` in the high bits of a token (fhir/search-hash.ts).
update resources set codes = (select array_agg(token) from unnest(tokens) as token where token >> 48 = 22164);
