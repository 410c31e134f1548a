DROP INDEX "resources_by_institution";--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "ranges" numeric[];--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "texts" text[];--> statement-breakpoint
CREATE INDEX "resource_versions_by_institution" ON "resource_versions" USING btree ("institution","recorded_at");--> statement-breakpoint
CREATE INDEX "resources_by_institution" ON "resources" USING btree ("institution","type","effective_from" DESC NULLS LAST,"person","id");