ALTER TABLE "catalogue_items" ADD COLUMN "window_without_treatment" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "catalogue_items" ADD COLUMN "negative_zh" text;--> statement-breakpoint
ALTER TABLE "catalogue_items" ADD COLUMN "negative_en" text;--> statement-breakpoint
ALTER TABLE "catalogue_items" ADD COLUMN "originals_required" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "catalogue_items" ADD COLUMN "sensitivity" text;--> statement-breakpoint
ALTER TABLE "catalogue_items" ADD COLUMN "panels" text[] DEFAULT '{}' NOT NULL;