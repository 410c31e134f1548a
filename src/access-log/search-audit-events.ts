import type { Reader } from '../database/client.ts';
import { decodePlace, encodePlace } from '../faces/page-cursor.ts';
import type { Caller } from '../security/caller.ts';
import { encodeAccessId } from './access-entry-id.ts';
import type { AccessRecorder } from './access-recorder.ts';
import { findAccesses } from './access-search.queries.ts';
import { auditEvent } from './audit-event.rules.ts';
import type { AuditEventQuery } from './audit-event-query.rules.ts';
import { institutionInReach, type LogReach } from './audit-reach.ts';
import { gatewayIdentifier } from './audit-shapes.rules.ts';
import { isAsked } from './entity-query.rules.ts';
import { openAccessLog, placeOf } from './list-accesses.ts';
import { InstitutionNames } from './show-accesses.ts';

/** A page of AuditEvents, and the cursor of the next one. */
export interface AuditEventPage {
  readonly events: readonly { readonly id: string; readonly event: object }[];
  readonly next: string | undefined;
}

/** A search as it reached the server. */
export interface AuditEventSearch {
  readonly query: AuditEventQuery;
  /** What the caller is bound to. */
  readonly reach: LogReach;
  /** The request as it was asked, for the log. */
  readonly asked: string;
  /** This server's FHIR address. */
  readonly base: string;
}

/**
 * Retrieve ATNA Audit Event [ITI-81]: a page of the log as AuditEvents, the latest first. The search itself is logged before anything is
 * read.
 */
export async function searchAuditEvents(
  db: Reader,
  accessLog: AccessRecorder,
  caller: Caller,
  { query, reach, asked, base }: AuditEventSearch,
  now: Date,
): Promise<AuditEventPage> {
  const institution = await institutionInReach(db, reach.institution, query.uscc, 'agent.identifier');
  const after = decodePlace(query.after, '_after');
  // Every entry is observed by this server: another source has none.
  const isOurs = query.source === undefined || isAsked(query.source, gatewayIdentifier(base));
  const question = {
    patient: query.patient,
    filter: { ...query.filter, ...(isOurs ? {} : { keys: [] }), institution },
    reach,
    asked,
    interaction: 'searchAuditEvents',
  };
  const filter = await openAccessLog(db, accessLog, caller, question, now);
  const rows = await findAccesses(db, filter, { after, limit: query.count + 1 });

  const shown = rows.slice(0, query.count);
  const institutions = await new InstitutionNames(db).of(shown);
  const last = rows.length > shown.length ? shown.at(-1) : undefined;
  return {
    events: shown.map((it) => ({
      id: encodeAccessId(it),
      event: auditEvent(it, it.institution === null ? undefined : institutions.get(it.institution), base),
    })),
    next: encodePlace(placeOf(last)),
  };
}
