import type { Reader } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { findInstitutionByUscc } from '../institutions/find-institution.ts';
import { normaliseUscc } from '../institutions/uscc.rules.ts';
import { decodeId, type ResourceKey } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { requireScope } from '../security/require-scope.ts';
import { allows } from '../security/scope.rules.ts';
import { findLead, type LeadRow } from './lead.queries.ts';

/** Whose leads the caller may see: the region's (`undefined`) with `audit.read`, its own institution's with `leads.review`. Throws `scope-insufficient`. */
export function leadReach(caller: Caller): number | undefined {
  if (allows(caller.scopes, 'audit.read')) return undefined;
  requireScope(caller, 'leads.review');
  return caller.institution;
}

/** Whose leads the caller may follow up: `leads.review` for its own institution's, with `audit.read` beside it for the region's. */
export function reviewReach(caller: Caller): number | undefined {
  requireScope(caller, 'leads.review');
  return leadReach(caller);
}

/** No institution has this number: an unknown credit code means no leads. */
const NOBODY = 0;

/** The institutions whose leads are meant: those within reach, and of these the one that is asked for. At most one statement. */
export async function institutionsMeant(reader: Reader, reach: number | undefined, uscc: string | undefined): Promise<readonly number[]> {
  const within = reach === undefined ? [] : [reach];
  if (uscc === undefined) return within;
  return [...within, (await findInstitutionByUscc(reader, normaliseUscc(uscc)))?.institution ?? NOBODY];
}

/** The lead of that id within reach. Throws `not-found`, for one of another institution as for one that never was. */
export async function requireLead(reader: Reader, reach: number | undefined, id: string): Promise<LeadRow> {
  const lead = await findLead(reader, requireKey(id), reach);
  if (lead) return lead;
  throw notFound(id);
}

/** The key that an id stands for. Throws `not-found`. */
export function requireKey(id: string): ResourceKey {
  const key = decodeId(id);
  if (key) return key;
  throw notFound(id);
}

function notFound(id: string): Failure {
  return new Failure('not-found', {
    path: 'id',
    en: `no lead "${id}" is within your reach`,
    zh: `您的权限范围内没有编号为“${id}”的线索`,
  });
}
