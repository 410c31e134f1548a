-- What the gateway may do, table by table: whoever runs it must not be able to change or remove evidence, and may do with the rest what the
-- program does and nothing beside. A table that is not named here, or in the migration that creates it, is closed to the gateway.
grant usage on schema drizzle to tongjian_gateway;
--> statement-breakpoint
grant select on drizzle.__drizzle_migrations to tongjian_gateway;
--> statement-breakpoint
-- Evidence, and what evidence refers to by its version: added and read, never changed.
grant select, insert on
  access_log,
  catalogue_editions,
  catalogue_items,
  catalogue_reasons,
  decision_citations,
  decision_revocations,
  person_documents,
  person_links,
  prices,
  publication_contents,
  publications,
  recognition_checks,
  recognition_decisions,
  resource_versions,
  savings_entries
to tongjian_gateway;
--> statement-breakpoint
-- The present, which follows from the evidence: changed, never removed.
grant select, insert, update on
  clients,
  consents,
  institutions,
  resources
to tongjian_gateway;
--> statement-breakpoint
-- What is true for a while only.
grant select, insert, update, delete on
  alliance_members,
  alliances,
  named_regions,
  resource_keys,
  revoked_tokens,
  signing_keys,
  used_assertions
to tongjian_gateway;
