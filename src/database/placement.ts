/**
 * Where each table lies when the region is spread over several machines by Citus. On one PostgreSQL, which is what a region begins with, nothing
 * of this matters; the tables are made so that it can be done at any time (`tongjian migrate --citus`).
 *
 * Gateways speak to the coordinator, and to it alone:
 * - Advisory locks belong to the machine they are taken on. Turns (`take-turns.ts`), the locks of identifiers, the sequencer and the followers of
 *   the log keep each other out only where all of them ask the same machine.
 * - Local tables are seen there alone.
 *
 * What else is otherwise than on one PostgreSQL (Citus 13):
 * - A setting of a session does not reach the other machines. Citus passes on a literal `set local` where `citus.propagate_set_commands` is
 *   `'local'`, and never a `set_config()`. No condition of ours asks for a setting: institution and consent stand in each statement.
 * - Citus speaks to its machines as the role that runs the statement, so that `tongjian_gateway` has to be let in between them. What was granted
 *   to it, and the role, are carried over; rights to a shard are those to its table.
 * - A sequence counts on each machine for itself. Numbers are made by the gateway; the one identity is that of institutions.
 * - A foreign key leads to rows on the same machine or to what is on every machine, and never from there to what is spread.
 * - The number of a transaction (`xmin`) and the place of a row (`ctid`) say nothing beyond one machine.
 * - A table that is parted is spread with its parts; a part that is attached later (`month-partitions.ts`) is spread by being attached.
 * - `for update`, recursive queries, and a lateral query with a limit or an offset need everything they touch to lie in one shard, which Citus
 *   sees where each table has `person = <one value>`.
 */
export type Placement =
  /** Spread by the hash of one column. Tables `beside` the same one share its shards: rows of one person lie on one machine. */
  | { readonly kind: 'distributed'; readonly column: string; readonly beside: string; readonly why: string }
  /** Whole on every machine; written on all of them at once. */
  | { readonly kind: 'reference'; readonly why: string }
  /** An ordinary table of the coordinator, which Citus is told nothing of. */
  | { readonly kind: 'local'; readonly why: string };

/** The table whose shards all tables about persons share. */
const PERSONS = 'resource_versions';

const byPerson = (why: string): Placement => ({ kind: 'distributed', column: 'person', beside: PERSONS, why });
const byOwn = (column: string, beside: string, why: string): Placement => ({ kind: 'distributed', column, beside, why });
const everywhere = (why: string): Placement => ({ kind: 'reference', why });
const onCoordinator = (why: string): Placement => ({ kind: 'local', why });

/** Every table of the migrations, each with its reason in a word. A table that is missing here turns the tests red. */
export const PLACEMENTS: Readonly<Record<string, Placement>> = {
  resource_versions: byPerson('clinical'),
  published_texts: byPerson('clinical'),
  resources: byPerson('clinical'),
  consents: byPerson('asked with every look'),
  access_log: byPerson('asked by the patient; parted by month as well'),
  emergency_reviews: byPerson('joined to its entry'),
  recognition_checks: byPerson('clinical'),
  recognition_decisions: byPerson('clinical'),
  decision_revocations: byPerson('clinical'),
  decision_citations: byPerson('clinical'),
  cds_cards: byPerson('clinical'),
  savings_entries: byPerson('posted with its decision'),
  savings_postings: byPerson('posted with its entry'),
  repeat_findings: byPerson('clinical'),
  leads: byPerson('clinical'),
  lead_events: byPerson('clinical'),
  report_corrections: byPerson('clinical'),
  recalls: byPerson('clinical'),
  recall_reliances: byPerson('clinical'),
  recall_acknowledgements: byPerson('clinical'),
  person_links: byPerson('asked with the person'),
  person_merges: byPerson('asked with the person'),
  person_merge_ends: byPerson('asked with the person'),
  merged_persons: byPerson('asked with the person'),

  // Asked for before the person is known. The column is the one of the key with the most values: by the institution, a large hospital would be
  // one shard, and by the system all identity cards would.
  resource_keys: byOwn('key', 'resource_keys', 'leads to the person'),
  person_documents: byOwn('value', 'person_documents', 'leads to the person'),
  publications: byOwn('value', 'publications', 'one report, whoever it is about'),
  publication_contents: byOwn('fingerprint', 'publication_contents', 'one publication, whoever it is about'),
  used_assertions: byOwn('jti', 'used_assertions', 'a row with every token'),

  // Says nothing about persons, and is written by institution and day as a whole.
  indicator_item_times: byOwn('institution', 'indicator_item_times', 'counted by institution'),
  indicator_examinations: byOwn('institution', 'indicator_item_times', 'counted by institution'),

  institutions: everywhere('directory'),
  clients: everywhere('directory'),
  alliances: everywhere('directory'),
  alliance_members: everywhere('directory'),
  alliance_parts: everywhere('directory'),
  named_regions: everywhere('directory'),
  region_parts: everywhere('directory'),
  identifier_domains: everywhere('directory'),
  consent_policies: everywhere('rules'),
  rule_sets: everywhere('rules'),
  rule_assignments: everywhere('rules'),
  reference_changes: everywhere('read by every check'),
  catalogue_editions: everywhere('catalogue'),
  catalogue_items: everywhere('catalogue'),
  catalogue_reasons: everywhere('catalogue'),
  certificates: everywhere('catalogue'),
  certificate_withdrawals: everywhere('catalogue'),
  mapping_loads: everywhere('catalogue'),
  mappings: everywhere('catalogue'),
  prices: everywhere('catalogue'),
  payer_rates: everywhere('catalogue'),
  packages: everywhere('definitions'),
  definitions: everywhere('definitions'),
  signing_keys: everywhere('read with every token'),
  revoked_tokens: everywhere('read with every token'),
  server_secrets: everywhere('read at the start'),

  // One sequencer, one order: nothing is won by spreading it, and `unique (recorded_at, entry)` could not be kept.
  access_log_pending: onCoordinator('taken in one order, by ctid; emptied within a second'),
  audit_log_leaves: onCoordinator('one order'),
  audit_log_tiles: onCoordinator('one order'),
  audit_log_checkpoints: onCoordinator('one order'),
  audit_log_cosignatures: onCoordinator('one order'),
  audit_log_witnesses: onCoordinator('few'),
  audit_log_keys: onCoordinator('few'),
  log_followers: onCoordinator('one reader each'),
  follower_failures: onCoordinator('few'),
  indicator_days: onCoordinator('taken with skip locked, which no distributed table allows'),
};

/** What breaks a rule and may, each with the reason; by the rule and what breaks it, as `Breach` names them. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  'identity institutions.institution': 'given by the coordinator, where institutions are registered; nothing is ordered by it',
  'volatile-default access_log.salt': 'made once, by the node that plans the insert, before the row goes to its shard',
};
