import { contentsOf, type Reader, type Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { type Held, isHeld } from '../fhir/entity-tag.rules.ts';
import type { Caller } from '../security/caller.ts';
import type { Custody, Permission } from './custody.ts';
import { seekAt } from './reach.ts';
import { findResource, findVersion, type ResourceText } from './resource.queries.ts';
import { decodeId, encodeId, isPerson, type ResourceKey } from './resource-id.ts';

/** What is to be read, and what the caller has of it already. */
export interface ReadRequest extends Held {
  readonly type: string;
  readonly id: string;
  /** As the address has it; the version of now unless given. */
  readonly version?: string | undefined;
}

/** A version as it is read; `isHeld`: the caller has it already (304), so its text is not sent. */
export type ReadAnswer = ResourceText & { readonly content: string; readonly isHeld: boolean };

/**
 * FHIR read, vread and conditional read: https://hl7.org/fhir/R4/http.html#read
 *
 * The text is the published one. What another institution published about a person is shown to a named clinician whom the person's
 * consent covers; in every other case the answer is `not-found`, as for an id that was never given. Who may see the version of now may
 * see the earlier ones. A deletion is `gone`, whether it is the version of now or the one asked for.
 *
 * An access is committed to the log before it is returned, also where the caller is told only that nothing has changed; within a
 * transaction (`tx`, which is then the reader too) it is committed with that.
 */
export async function answerRead(
  reader: Reader,
  custody: Custody,
  caller: Caller,
  request: ReadRequest,
  now: Date,
  tx: Transaction | null = null,
): Promise<ReadAnswer> {
  const { type, id } = request;
  const key = decodeId(id);
  const version = request.version === undefined ? undefined : versionNumber(request.version);
  const contents = contentsOf(reader);
  const row =
    key && version !== 0 ? await (version === undefined ? findResource(contents, key) : findVersion(contents, key, version)) : undefined;
  const sight = key && (await seekAt(reader, custody, caller, { key, type }, row, now));
  if (!row || !sight?.isSeen) throw notFound(request, key, sight?.permission);
  const { content } = row;
  if (content === null) {
    const named = version === undefined ? `${type}/${id}` : `${type}/${id}/_history/${version}`;
    throw new Failure('gone', { en: `${named} was deleted`, zh: `${named} 已被删除` }, { person: row.person });
  }
  await custody.record(
    tx,
    caller,
    [
      {
        person: isPerson(row.person) ? row.person : 0n,
        action: 'R',
        interaction: version === undefined ? 'readResource' : 'readVersion',
        entities: [`${type}/${encodeId(row)}/_history/${row.version}`],
        ...(sight.permission && { permission: sight.permission }),
      },
    ],
    now,
  );
  return { ...row, content, isHeld: isHeld(row, request) };
}

/** 0 for what no version is called. */
function versionNumber(text: string): number {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
}

function notFound({ type, id, version }: ReadRequest, key: ResourceKey | undefined, permission: Permission | undefined): Failure {
  const named = version === undefined ? `${type}/${id}` : `${type}/${id}/_history/${version}`;
  return new Failure(
    'not-found',
    { en: `${named} is not known here`, zh: `本系统中不存在 ${named}` },
    key && isPerson(key.person) ? { person: key.person, decision: permission } : {},
  );
}
