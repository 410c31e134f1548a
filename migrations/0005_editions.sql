-- By hand, in the order in which the constraints lean on each other: an edition is now one of several revisions, and what was loaded before is
-- the first of its own.
ALTER TABLE "catalogue_items" DROP CONSTRAINT "catalogue_items_edition_catalogue_editions_edition_fk";--> statement-breakpoint
ALTER TABLE "catalogue_items" DROP CONSTRAINT "catalogue_items_edition_code_pk";--> statement-breakpoint
DROP INDEX "catalogue_items_by_loinc";--> statement-breakpoint
ALTER TABLE "catalogue_editions" DROP CONSTRAINT "catalogue_editions_effective_from_unique";--> statement-breakpoint
ALTER TABLE "catalogue_editions" DROP CONSTRAINT "catalogue_editions_pkey";--> statement-breakpoint
ALTER TABLE "catalogue_editions" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "catalogue_items" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "catalogue_editions" ADD CONSTRAINT "catalogue_editions_edition_revision_pk" PRIMARY KEY("edition","revision");--> statement-breakpoint
ALTER TABLE "catalogue_items" ADD CONSTRAINT "catalogue_items_edition_revision_code_pk" PRIMARY KEY("edition","revision","code");--> statement-breakpoint
ALTER TABLE "catalogue_items" ADD CONSTRAINT "catalogue_items_edition_fk" FOREIGN KEY ("edition","revision") REFERENCES "public"."catalogue_editions"("edition","revision") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "catalogue_items_by_loinc" ON "catalogue_items" USING btree ("edition","revision","loinc");
