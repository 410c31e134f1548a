import { ITEM_SYSTEM } from '../../../src/catalogue/items/find-items.ts';
import type { Answer, CallingSystem } from '../../support/gateway.ts';

/** A hospital's own system of laboratory codes. */
export const LIS = 'urn:oid:1.2.156.9999.1';

export interface Row {
  readonly system?: string;
  readonly code: string;
  readonly display?: string | null;
  readonly item?: string | null;
  readonly equivalence?: string;
  readonly comment?: string | null;
}

/** A mapping as JSON; equivalent and of the hospital's own system unless said otherwise. */
export function row({ system = LIS, code, display = null, item = null, equivalence = 'equivalent', comment = null }: Row) {
  return { system, code, display, item, equivalence, comment };
}

export async function put(caller: CallingSystem, rows: readonly Row[], uscc?: string): Promise<Answer> {
  return caller.put(`/v1/catalogue/mappings${uscc === undefined ? '' : `?uscc=${uscc}`}`, { mappings: rows.map(row) });
}

export async function putCsv(caller: CallingSystem, csv: string, type = 'text/csv'): Promise<Answer> {
  return caller.put('/v1/catalogue/mappings', csv, { 'content-type': type });
}

export async function putMap(caller: CallingSystem, map: unknown): Promise<Answer> {
  return caller.put('/v1/catalogue/mappings', map, { 'content-type': 'application/fhir+json' });
}

/** The mappings of the caller, all of them. */
export async function all(caller: CallingSystem): Promise<readonly Row[]> {
  const { body } = await caller.get('/v1/catalogue/mappings?limit=100');
  return body.mappings;
}

/** A ConceptMap to the items with one local code per pair. */
export function conceptMap(pairs: readonly (readonly [code: string, item: string])[], more: Record<string, unknown> = {}) {
  return {
    resourceType: 'ConceptMap',
    status: 'active',
    group: [
      {
        source: LIS,
        target: ITEM_SYSTEM,
        element: pairs.map(([code, item]) => ({ code, target: [{ code: item, equivalence: 'equivalent' }] })),
      },
    ],
    ...more,
  };
}

/** Paths of the faults of a refused load. */
export function paths(answer: Answer): readonly string[] {
  return (answer.body.errors as { path?: string }[]).map((it) => it.path ?? '');
}
