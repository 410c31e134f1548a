ALTER TABLE "recognition_decisions" ADD COLUMN "counts_as_denial" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "recognition_decisions" ADD COLUMN "performed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "recognition_decisions" ADD COLUMN "certificates" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "recognition_decisions" ADD COLUMN "edition" text;--> statement-breakpoint
ALTER TABLE "recognition_decisions" ADD COLUMN "rules_version" text;--> statement-breakpoint
ALTER TABLE "savings_entries" ADD COLUMN "members" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "recognition_decisions_by_certificate" ON "recognition_decisions" USING gin ("certificates");
--> statement-breakpoint
-- What was decided before: the edition and the rules are those of its check, and every reason of the one list there was counts as a refusal.
update recognition_decisions d
   set edition = c.edition,
       rules_version = c.rules_version,
       counts_as_denial = d.decision = 'not-recognised',
       performed_at = (select coalesce(i #>> '{candidate,sampledAt}', i #>> '{candidate,examinedAt}')::timestamptz
                         from jsonb_array_elements(c.answer -> 'items') i where i ->> 'item' = d.item limit 1)
  from recognition_checks c
 where c.person = d.person and c.id = d."check";
