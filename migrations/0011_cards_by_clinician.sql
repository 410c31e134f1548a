-- Written by hand: the clinicians of cards that are there already come from what stands with each of them.
ALTER TABLE "cds_cards" ADD COLUMN "clinician" text;--> statement-breakpoint
UPDATE "cds_cards" SET "clinician" = concat("practitioner" ->> 'system', '|', "practitioner" ->> 'value');--> statement-breakpoint
ALTER TABLE "cds_cards" ALTER COLUMN "clinician" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "cds_cards" DROP CONSTRAINT "cds_cards_person_institution_visit_item_round_report_pk";--> statement-breakpoint
ALTER TABLE "cds_cards" ADD CONSTRAINT "cds_cards_pk" PRIMARY KEY("person","institution","visit","item","round","report","clinician");
