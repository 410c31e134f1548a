import type { Reader, Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { historyBundle } from '../fhir/history.ts';
import { SERVER_MADE } from '../fhir/resource-types.ts';
import { subsetText } from '../fhir/subset.ts';
import type { TextPieces } from '../fhir/text-pieces.ts';
import type { Caller } from '../security/caller.ts';
import type { NeededScope } from '../security/scope.rules.ts';
import type { Access, Custody, Permission } from './custody.ts';
import { countHistory, findHistory, type HistoryOf, type HistoryPlace, type HistoryRow } from './history.queries.ts';
import { type HistoryQuery, readHistoryQuery, readPage } from './history-query.ts';
import { openPage, pageSecret, sealPage } from './page-token.ts';
import { seekAt } from './reach.ts';
import { findResource } from './resource.queries.ts';
import { decodeId, encodeId, isPerson, type ResourceKey } from './resource-id.ts';

/** Whose history is asked for: one resource's, one type's or all of it. */
export interface HistoryAddress {
  readonly type?: string | undefined;
  readonly id?: string | undefined;
}

export interface HistoryRequest extends HistoryAddress {
  readonly parameters: URLSearchParams;
  /** This server's FHIR address. */
  readonly base: string;
}

/** Beyond this a total is left out, unless it is all that is asked for. */
const TOTAL_MAX = 10_000;

/** The right a history asks for: reading for one resource, searching for more (SMART App Launch 2.2, scopes v2). */
export function historyScope({ type, id }: HistoryAddress): NeededScope {
  return `system/${type ?? '*'}.${id === undefined ? 's' : 'r'}`;
}

/**
 * FHIR history of a resource, a type or the whole: https://hl7.org/fhir/R4/http.html#history
 *
 * Of a resource: who may read it now sees all its versions, its deletion among them; everybody else is told `not-found`, as for an id that
 * was never given. Of a type or the whole: what the caller's institution has written and the shared directory, since no person is named.
 * Answers a page as Bundle text, the newest version first; versions written meanwhile do not shift the pages that follow, and the total
 * stays the one of the first page. What this server makes itself (AuditEvent …) has no history. Throws `parameter-invalid`, and `gone` for a link that leads nowhere any more.
 *
 * One access for every person concerned is committed to the log before the text is returned, or with the transaction it is read in (`tx`).
 */
export async function answerHistory(
  reader: Reader,
  custody: Custody,
  caller: Caller,
  request: HistoryRequest,
  now: Date,
  tx: Transaction | null = null,
): Promise<TextPieces> {
  if (request.type !== undefined && SERVER_MADE.has(request.type)) throw notFound(request);
  const address = [request.base, request.type, request.id, '_history'].filter(Boolean).join('/');
  const token = readPage(request.parameters);
  const page = token === undefined ? undefined : readPageWish(openPage(await pageSecret(reader, now), caller, token, now), address);
  const query = page?.query ?? readHistoryQuery(request.parameters);
  const { of, permission } = await historyOf(reader, custody, caller, request, now);

  const total = page ? page.total : await countHistory(reader, of, query, query.count === 0 ? undefined : TOTAL_MAX);
  const { rows, more } = query.count === 0 ? NOTHING : await findHistory(reader, of, query, page?.place, query.count);

  await custody.record(tx, caller, accessesOf(request, of, rows, query, permission), now);
  const first = [address, String(new URLSearchParams(query.used as [string, string][]))].filter(Boolean).join('?');
  const last = more ? rows.at(-1) : undefined;
  const next = last && `${address}?_page=${sealPage(await pageSecret(reader, now), caller, pageAfter(address, query, total, last), now)}`;
  return historyBundle(request.base, {
    total,
    links: [
      { relation: 'self', url: token === undefined ? first : `${address}?_page=${token}` },
      ...(token === undefined ? [] : [{ relation: 'first' as const, url: first }]),
      ...(next === undefined ? [] : [{ relation: 'next' as const, url: next }]),
    ],
    entries: rows.map((it) => ({
      ...it,
      id: encodeId(it),
      text: it.content !== null && query.wish ? subsetText(it.content, query.wish) : it.content,
    })),
  });
}

const NOTHING = { rows: [], more: false } as const;

/** What the caller may look through; the same statements whether a resource is not there or may not be seen. */
async function historyOf(
  reader: Reader,
  custody: Custody,
  caller: Caller,
  { type, id }: HistoryAddress,
  now: Date,
): Promise<{ of: HistoryOf; permission?: Permission | undefined }> {
  if (id === undefined) return { of: { institution: caller.institution, type } };
  const key = decodeId(id);
  const row = key && (await findResource(reader, key));
  const sight = key && type !== undefined ? await seekAt(reader, custody, caller, { key, type }, row, now) : undefined;
  if (key && sight?.isSeen) return { of: { key }, permission: sight.permission };
  throw notFound({ type, id }, key, sight?.permission);
}

function notFound({ type, id }: HistoryAddress, key?: ResourceKey, decision?: Permission): Failure {
  const named = [type, id].filter(Boolean).join('/');
  return new Failure(
    'not-found',
    { en: `${named} has no history here`, zh: `本系统中没有 ${named} 的历史` },
    key && isPerson(key.person) ? { person: key.person, decision } : {},
  );
}

function accessesOf(
  { type, id }: HistoryAddress,
  of: HistoryOf,
  rows: readonly HistoryRow[],
  query: HistoryQuery,
  permission: Permission | undefined,
): readonly Access[] {
  const interaction = id !== undefined ? 'showHistory' : type !== undefined ? 'showTypeHistory' : 'showSystemHistory';
  const asked = [[type, id, '_history'].filter(Boolean).join('/'), query.used.map((it) => it.join('=')).join('&')]
    .filter(Boolean)
    .join('?');
  const concerned = new Set(rows.map((it) => (isPerson(it.person) ? it.person : 0n)));
  if ('key' in of && isPerson(of.key.person)) concerned.add(of.key.person);
  return [...(concerned.size > 0 ? concerned : [0n])].map((person) => ({
    person,
    action: id === undefined ? 'E' : 'R',
    interaction,
    query: `GET ${asked}`,
    ...(permission && { permission }),
    entities: rows
      .filter((it) => (isPerson(it.person) ? it.person : 0n) === person)
      .map((it) => `${it.type}/${encodeId(it)}/_history/${it.version}`),
  }));
}

/** What a `next` link carries, sealed: where it belongs, what was asked, the total, and the last version of the page before. */
function pageAfter(address: string, { used }: HistoryQuery, total: number | undefined, last: HistoryPlace) {
  const place = [last.recordedAt.toISOString(), String(last.person), String(last.id), last.version] as const;
  return ['history', address, used, total ?? null, place] as const;
}

function readPageWish(payload: unknown, address: string): { query: HistoryQuery; total: number | undefined; place: HistoryPlace } {
  const [kind, where, used, total, place] = Array.isArray(payload) ? (payload as unknown[]) : [];
  if (kind !== 'history' || where !== address) {
    throw new Failure('parameter-invalid', { path: '_page', en: 'is a link to something else', zh: '该分页链接不属于此地址' });
  }
  const [recordedAt, person, id, version] = place as [string, string, string, number];
  return {
    query: readHistoryQuery(new URLSearchParams(used as [string, string][])),
    total: (total as number | null) ?? undefined,
    place: { recordedAt: new Date(recordedAt), person: BigInt(person), id: BigInt(id), version },
  };
}
