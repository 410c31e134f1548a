import type { Reader } from '../database/client.ts';
import { Failure } from '../failure.ts';
import type { Caller } from '../security/caller.ts';
import type { Custody, Permission } from './custody.ts';
import { type Cursor, findMatches } from './find-matches.ts';
import { hashIdentifier } from './hash.ts';
import { type FoundText, findByIdentifiers } from './resource.queries.ts';
import { decodeId, encodeId, isPerson } from './resource-id.ts';
import { readRowPlace } from './row-place.rules.ts';
import type { SearchQuery } from './search-query.ts';

/** A page of matches with the way on, where there is one. */
export interface SearchPage {
  readonly matches: readonly FoundText[];
  /** Value of `_after` for the next page. */
  readonly next: string | undefined;
}

const NO_PERMISSION: Permission = { basis: 'none', categories: [], uncategorised: false };

/**
 * FHIR search on one type: https://hl7.org/fhir/R4/search.html
 *
 * Without a patient the caller's own resources and the shared directory are searched; with one, a named clinician also finds what the
 * patient's consent covers. Committed to the access log before it is returned: one entry for every person concerned.
 */
export async function searchResources(
  db: Reader,
  custody: Custody,
  caller: Caller,
  type: string,
  query: SearchQuery,
  asked: string,
  now: Date,
): Promise<SearchPage> {
  const { persons, permission } = await personsOf(db, custody, caller, query, now);
  const narrowed = await narrow(db, caller, type, query, persons !== undefined);
  const rows = narrowed ? await findMatches(db, caller, type, narrowed, persons, permission, readCursor(query.after)) : [];
  const matches = rows.slice(0, query.count);
  const last = rows.length > query.count ? matches.at(-1) : undefined;

  const concerned = new Set([...(persons?.slice(0, 1) ?? []), ...matches.map((it) => it.person).filter(isPerson)]);
  await custody.record(
    null,
    caller,
    [...(concerned.size > 0 ? concerned : [0n])].map((person) => ({
      person,
      action: 'E',
      interaction: 'searchResources',
      query: asked,
      entities: matches
        .filter((it) => it.person === person || (person === 0n && !isPerson(it.person)))
        .map((it) => `${it.type}/${encodeId(it)}/_history/${it.version}`),
    })),
    now,
  );
  return { matches, next: last && Buffer.from(`${last.time}|${last.person}|${last.id}`).toString('base64url') };
}

async function personsOf(
  db: Reader,
  custody: Custody,
  caller: Caller,
  query: SearchQuery,
  now: Date,
): Promise<{ persons: readonly bigint[] | undefined; permission: Permission }> {
  const ids = query.patients ?? [];
  if (ids.length !== 1) return { persons: undefined, permission: NO_PERMISSION };
  const key = decodeId(ids[0] as string);
  // An institution's number has the form of a key too, but nobody consents for it.
  if (!key || !isPerson(key.person)) return { persons: [], permission: NO_PERMISSION };
  const persons = await custody.keysOfPerson(db, key.person);
  const permission = caller.practitioner ? await custody.permission(db, persons, caller, now) : NO_PERMISSION;
  return { persons, permission };
}

/**
 * A person is searched by the person, whichever of their Patients was named; an identifier is looked up first, since its hash leads
 * straight to the row. `undefined`: nothing can match.
 */
async function narrow(db: Reader, caller: Caller, type: string, query: SearchQuery, byPerson: boolean): Promise<SearchQuery | undefined> {
  const tokens = byPerson ? query.tokens.filter((it) => !/^(subject|patient)=/.test(it[0] ?? '')) : query.tokens;
  const identifier = tokens.find((it) => it.length === 1 && it[0]?.startsWith('identifier=') && it[0].includes('|'))?.[0];
  if (!identifier || byPerson) return { ...query, tokens };
  const [system = '', ...value] = identifier.slice('identifier='.length).split('|');
  const hits = await findByIdentifiers(db, caller.institution, [hashIdentifier(type, { system, value: value.join('|') })]);
  const ids = hits.filter((it) => it.type === type).map(encodeId);
  const both = query.ids ? ids.filter((it) => query.ids?.includes(it)) : ids;
  return both.length === 0 ? undefined : { ...query, tokens, ids: both };
}

function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const [time, person, id] = readRowPlace(text, 2) ?? [];
  if (time === undefined || person === undefined || id === undefined) {
    throw new Failure('parameter-invalid', { path: '_after', en: 'is not a link this server gave', zh: '不是本系统给出的分页链接' });
  }
  return { time, person, id };
}
