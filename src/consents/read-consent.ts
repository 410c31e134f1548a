import type { AccessRecorder } from '../access-log/access-recorder.ts';
import type { Reader } from '../database/client.ts';
import { decodeId, encodeId } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { findConsent } from './consent.queries.ts';
import { isVisible } from './consent.rules.ts';
import type { ConsentView } from './consent.schema.ts';
import { consentNotFound } from './consent-not-found.ts';
import { rulesOf } from './consent-row.rules.ts';
import { showConsents } from './show-consents.ts';

/** One consent that the caller may know of, logged before it is returned; `not-found` for any other. */
export async function readConsentFor(db: Reader, accessLog: AccessRecorder, caller: Caller, id: string, now: Date): Promise<ConsentView> {
  const key = decodeId(id);
  const row = key && (await findConsent(db, key));
  if (!row || !isVisible({ active: row.active, rules: rulesOf(row), recordedBy: row.institution }, caller.institution, now))
    throw consentNotFound(id, key);

  const entities = [`Consent/${encodeId(row)}/_history/${row.version}`];
  const [view] = await showConsents(db, [row]);
  await accessLog.record(caller, [{ person: row.person, action: 'R', interaction: 'readConsent', entities }], now);
  return view as ConsentView;
}
