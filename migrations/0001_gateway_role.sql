-- What the gateway may do, table by table: whoever runs it must not be able to change or remove evidence.
-- A table that is not named here, or in the migration that creates it, is closed to the gateway.
grant usage on schema drizzle to tongjian_gateway;
--> statement-breakpoint
grant select on drizzle.__drizzle_migrations to tongjian_gateway;
--> statement-breakpoint
-- Evidence: added and read, never changed.
grant select, insert on
  access_log,
  decision_citations,
  decision_revocations,
  person_documents,
  person_links,
  publication_contents,
  recognition_checks,
  recognition_decisions,
  resource_versions,
  savings_entries
to tongjian_gateway;
--> statement-breakpoint
-- Everything else.
grant select, insert, update, delete on
  alliance_members,
  alliances,
  catalogue_editions,
  catalogue_items,
  catalogue_reasons,
  clients,
  consents,
  institutions,
  named_regions,
  prices,
  publications,
  resource_keys,
  resources,
  revoked_tokens,
  signing_keys,
  used_assertions
to tongjian_gateway;
