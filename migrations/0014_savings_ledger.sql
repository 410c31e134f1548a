CREATE TABLE "payer_rates" (
	"division" text NOT NULL,
	"scheme" text NOT NULL,
	"level" integer NOT NULL,
	"version" integer NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"fund_percent" numeric(5, 2) NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payer_rates_division_scheme_level_version_pk" PRIMARY KEY("division","scheme","level","version")
);
--> statement-breakpoint
CREATE TABLE "savings_postings" (
	"person" bigint NOT NULL,
	"entry" bigint NOT NULL,
	"account" text NOT NULL,
	"debit_fen" bigint NOT NULL,
	"credit_fen" bigint NOT NULL,
	CONSTRAINT "savings_postings_person_entry_account_pk" PRIMARY KEY("person","entry","account"),
	CONSTRAINT "savings_postings_one_side" CHECK ("savings_postings"."debit_fen" >= 0 and "savings_postings"."credit_fen" >= 0 and ("savings_postings"."debit_fen" = 0) <> ("savings_postings"."credit_fen" = 0)),
	CONSTRAINT "savings_postings_account" CHECK ("savings_postings"."account" in ('fund-relief', 'patient-relief', 'undivided', 'avoided-cost'))
);
--> statement-breakpoint
ALTER TABLE "savings_entries" ADD COLUMN "level" integer;--> statement-breakpoint
ALTER TABLE "savings_entries" ADD COLUMN "department" text;--> statement-breakpoint
ALTER TABLE "savings_entries" ADD COLUMN "insurance" text;--> statement-breakpoint
ALTER TABLE "savings_entries" ADD COLUMN "payer_rates" text;--> statement-breakpoint
ALTER TABLE "savings_entries" ADD COLUMN "edition" text;--> statement-breakpoint
ALTER TABLE "savings_entries" ADD COLUMN "rules_version" text;--> statement-breakpoint
ALTER TABLE "savings_entries" ADD COLUMN "cause" text;--> statement-breakpoint
ALTER TABLE "savings_entries" ADD COLUMN "cause_report" text;--> statement-breakpoint
ALTER TABLE "savings_postings" ADD CONSTRAINT "savings_postings_person_entry_savings_entries_person_id_fk" FOREIGN KEY ("person","entry") REFERENCES "public"."savings_entries"("person","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "savings_entries" ADD CONSTRAINT "savings_entries_sign" CHECK (case "savings_entries"."kind" when 'saving' then "savings_entries"."amount_fen" >= 0 else "savings_entries"."amount_fen" <= 0 end);--> statement-breakpoint
ALTER TABLE "savings_entries" ADD CONSTRAINT "savings_entries_unpriced" CHECK ("savings_entries"."priced" or "savings_entries"."amount_fen" = 0);--> statement-breakpoint
ALTER TABLE "savings_entries" ADD CONSTRAINT "savings_entries_cause" CHECK ("savings_entries"."kind" = 'reversal' or ("savings_entries"."cause" is null and "savings_entries"."cause_report" is null));--> statement-breakpoint
-- Entries of earlier releases: by which rules is known from their decisions, and what took them back was a revocation.
update savings_entries e set edition = d.edition, rules_version = d.rules_version,
       cause = case e.kind when 'reversal' then 'revocation' end
  from recognition_decisions d where d.person = e.person and d.id = e.decision;
--> statement-breakpoint
-- They move their amounts undivided, since nobody said who would have paid; a reversal moves them back.
insert into savings_postings (person, entry, account, debit_fen, credit_fen)
select person, id, account, case when is_debit then abs(amount_fen) else 0 end, case when is_debit then 0 else abs(amount_fen) end
  from savings_entries e
       cross join lateral (values ('undivided', e.kind = 'saving'), ('avoided-cost', e.kind = 'reversal')) as side (account, is_debit)
 where amount_fen <> 0 and not exists (select from savings_postings p where p.person = e.person and p.entry = e.id);
--> statement-breakpoint
-- The ledger and the rates are evidence: added and read, never changed.
grant select, insert on savings_postings, payer_rates to tongjian_gateway;
