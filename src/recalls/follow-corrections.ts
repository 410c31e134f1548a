import type { FollowedEntry, Follower } from '../access-log/transparency/follow-log.ts';
import type { Transaction } from '../database/client.ts';
import type { SavingsBook } from '../recognition/savings-book.ts';
import { findReportChanges, findVersionPlaces, type VersionPlace } from '../reports/find-report-changes.ts';
import { decodeId, encodeId, type ResourceKey } from '../resources/resource-id.ts';
import { findCorrectedPersons, findCorrections, insertCorrections } from './correction.queries.ts';
import { type Correction, correctionOf, type Republication, reportOf } from './correction.ts';
import { readEntity, reliesOn } from './reliance.rules.ts';
import { tellInstitutions } from './tell-institutions.ts';

/** A result that an entry names, with the version it names; 1 where it names none. */
interface Named extends ResourceKey {
  readonly entry: FollowedEntry;
  readonly version: number;
}

const RESULTS: readonly string[] = ['DiagnosticReport', 'Observation', 'ImagingStudy'];
/** Of the digits of an id, those that say whose it is. */
const PERSON_DIGITS = 16;
const WRITES: readonly string[] = ['C', 'U', 'D'];

/**
 * Tells every institution that relied on a report of the corrections and withdrawals that the access log goes past, each once.
 *
 * The entry of a new version is committed with it, and what is told is committed with how far the log was followed: nothing is lost and nothing
 * told twice, wherever a process dies. `savings` reverses what a recognition saved where the region's rules say so.
 */
export function recallFollower(savings: SavingsBook): Follower {
  return { name: 'recalls', handle: (tx, entries, now) => followCorrections(tx, savings, entries, now) };
}

/**
 * Goes over the next entries. New versions become corrections, and whoever relied on the former version is looked for in the log and among the
 * recognitions. A look that was committed only after the correction was followed, and still shows the former version, is met later in the
 * log and leads back to the correction: in either order it is told.
 *
 * Statements, whatever the number of entries, corrections and institutions: at most fourteen, and one a reversed saving; one where nothing but
 * looks at what was never corrected is met after it; none where no results are named.
 */
async function followCorrections(tx: Transaction, savings: SavingsBook, entries: readonly FollowedEntry[], now: Date): Promise<void> {
  const bearing = await thatMayBear(
    tx,
    entries.filter((it) => it.outcome === 0 && it.institution !== null),
  );
  const places = new Map((await findVersionPlaces(tx, bearing)).map((it) => [keyOf(it), it]));
  const corrections = await correctionsAmong(tx, bearing, places);
  const added = await insertCorrections(tx, corrections);
  const standing = await findCorrections(tx, [...places.values()]);
  const looks = entries.filter((it) => it.outcome === 0);
  const concerned = standing.filter((it) => added.has(it.id) || looks.some((look) => isLate(look, it)));
  await tellInstitutions(tx, savings, concerned, now);
}

/**
 * What may be a correction, or was published about somebody of whose reports any was ever corrected. That leaves out nearly everything: a look at a
 * person's results names hundreds, of which no more is read than whose they are.
 */
async function thatMayBear(tx: Transaction, entries: readonly FollowedEntry[]): Promise<readonly Named[]> {
  const bearing = await findCorrectedPersons(tx, personsNamedBy(entries));
  for (const it of entries.flatMap((entry) => (WRITES.includes(entry.action) ? namedBy(entry) : []))) {
    if (isRewriting(it)) bearing.add(it.person);
  }
  if (bearing.size === 0) return [];
  return entries.flatMap(namedBy).filter((it) => bearing.has(it.person));
}

function personsNamedBy(entries: readonly FollowedEntry[]): readonly bigint[] {
  const digits = new Set<string>();
  for (const { entities } of entries) {
    for (const entity of entities) {
      const slash = entity.indexOf('/');
      if (RESULTS.includes(entity.slice(0, slash))) digits.add(entity.slice(slash + 1, slash + 1 + PERSON_DIGITS));
    }
  }
  return [...digits].flatMap((it) => decodeId(it.padEnd(2 * PERSON_DIGITS, '0'))?.person ?? []);
}

function isRewriting({ entry, version }: Named): boolean {
  return WRITES.includes(entry.action) && version > 1;
}

/** The corrections that entries of new versions stand for. */
async function correctionsAmong(
  tx: Transaction,
  named: readonly Named[],
  places: ReadonlyMap<string, VersionPlace>,
): Promise<readonly Correction[]> {
  const moments = new Map<string, Republication>();
  for (const it of named) {
    const place = places.get(keyOf(it));
    if (!place || !isRewriting(it) || it.entry.institution !== place.institution) continue;
    const key = `${place.person} ${place.report} ${place.recordedAt.getTime()}`;
    if (!moments.has(key)) moments.set(key, { ...place, leaf: it.entry.leaf });
  }
  const stored = [...moments.values()];
  const changes = await findReportChanges(tx, stored);
  return stored.flatMap((it, index) => correctionOf(it, changes[index] ?? []) ?? []);
}

/** Whether an entry shows to somebody else what a correction has replaced; a decision names what it rests on as well. */
function isLate(entry: FollowedEntry, correction: Correction): boolean {
  if (entry.institution === correction.institution) return false;
  return reliesOn({ entities: entry.entities, at: entry.recordedAt }, { ...correction, report: reportOf(correction) });
}

function namedBy(entry: FollowedEntry): readonly Named[] {
  return entry.entities.flatMap((entity) => {
    const { reference, version = 1 } = readEntity(entity);
    const [type = '', id = ''] = reference.split('/');
    const key = RESULTS.includes(type) ? decodeId(id) : undefined;
    return key && Number.isInteger(version) ? [{ ...key, entry, version }] : [];
  });
}

function keyOf(version: ResourceKey & { readonly version: number }): string {
  return `${encodeId(version)} ${version.version}`;
}
