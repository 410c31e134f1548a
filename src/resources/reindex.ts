import type { Database } from '../database/client.ts';
import type { Json } from '../fhir/exact-json.ts';
import { indexResource } from '../fhir/index-resource.ts';
import { findingKeys } from './finding-keys.ts';
import { carriedOn, joinLabels, labelsOf, type SensitiveCodes } from './label.rules.ts';
import { keyText } from './look-up.ts';
import { countIndexed, type Indexed, selectIndexed, updateIndex } from './reindex.queries.ts';
import { findOfReports } from './resource.queries.ts';
import type { ResourceKey } from './resource-id.ts';

/** How far a renewal of the index has come. */
export interface ReindexProgress {
  readonly done: number;
  /** The last row that was looked at; a renewal that was interrupted goes on after it. */
  readonly last: ResourceKey;
}

/** Rows of one statement, and characters of text held at a time, but for a single resource. */
const BATCH_ROWS = 500;
const BATCH_BYTES = 16 * 1024 * 1024;

/**
 * Makes the index rows of stored resources anew from their texts, in the order of their keys, and says after every batch how far it has come.
 *
 * Safe while gateways run: a row that gets a new version meanwhile has been indexed with it and is left alone.
 */
export async function* reindex(
  db: Database,
  type: string | undefined,
  after: ResourceKey | undefined,
  sensitiveCodes: (institution: number) => Promise<SensitiveCodes>,
): AsyncGenerator<ReindexProgress, void, void> {
  let place: ResourceKey = after ?? { person: -1n, id: -1n };
  let done = 0;
  const known = new Map<number, SensitiveCodes>();
  const codesOf = async (institution: number): Promise<SensitiveCodes> => {
    const codes = known.get(institution) ?? (await sensitiveCodes(institution));
    known.set(institution, codes);
    return codes;
  };
  for (;;) {
    const rows = await selectIndexed(db, type, place, BATCH_ROWS, BATCH_BYTES);
    const last = rows.at(-1);
    if (!last) return;
    const labels = await labelsAnew(db, rows, codesOf);
    await updateIndex(
      db,
      rows.flatMap((it) => (it.content === null ? [] : indexed(it, it.content, labels(it)))),
    );
    done += rows.length;
    place = last;
    yield { done, last };
  }
}

function indexed({ person, id, type, version }: Indexed, content: string, labels: readonly string[]): Parameters<typeof updateIndex>[1] {
  const resource = JSON.parse(content) as Json;
  const { tokens, ranges, texts, time, status } = indexResource(resource);
  return [
    { person, id, version, tokens, ranges, texts, status, labels, from: time.from, until: time.until, keys: findingKeys(type, resource) },
  ];
}

/** The labels of each row, and those that a report and its parts have of each other, wherever these are in the order of keys. */
async function labelsAnew(
  db: Database,
  rows: readonly Indexed[],
  codesOf: (institution: number) => Promise<SensitiveCodes>,
): Promise<(row: Indexed) => readonly string[]> {
  const codes = new Map<number, SensitiveCodes>();
  for (const institution of new Set(rows.map((it) => it.institution))) codes.set(institution, await codesOf(institution));
  const own = (row: Pick<Indexed, 'institution' | 'content'>): readonly string[] =>
    row.content === null ? [] : labelsOf(JSON.parse(row.content) as Json, codes.get(row.institution) ?? new Map());
  const reportKey = ({ person, report }: Pick<Indexed, 'person' | 'report'>) => keyText({ person, id: report ?? 0n });
  const reports = new Map(rows.flatMap((it) => (it.report === null ? [] : [[reportKey(it), { person: it.person, id: it.report }]])));
  const stated = new Map<string, readonly string[]>();
  const ofAll = new Map<string, readonly string[]>();
  for (const member of reports.size > 0 ? await findOfReports(db, [...reports.values()]) : []) {
    const report = reportKey(member);
    if (member.id === member.report) stated.set(report, carriedOn(own(member)));
    ofAll.set(report, joinLabels(ofAll.get(report) ?? [], carriedOn(own(member))));
  }
  return (row) => joinLabels(own(row), (row.type === 'Observation' ? stated : ofAll).get(reportKey(row)) ?? []);
}

/** How many resources a renewal has to look at. */
export function resourcesToIndex(db: Database, type: string | undefined): Promise<number> {
  return countIndexed(db, type);
}
