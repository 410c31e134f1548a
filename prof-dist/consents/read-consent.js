import { decodeId, encodeId } from '../resources/resource-id.js';
import { findConsent } from './consent.queries.js';
import { isVisible } from './consent.rules.js';
import { consentNotFound } from './consent-not-found.js';
import { rulesOf } from './consent-row.rules.js';
import { showConsents } from './show-consents.js';
/** One consent that the caller may know of, logged before it is returned; `not-found` for any other. */
export async function readConsentFor(db, accessLog, caller, id, now) {
    const key = decodeId(id);
    const row = key && (await findConsent(db, key));
    if (!row || !isVisible({ active: row.active, rules: rulesOf(row), recordedBy: row.institution }, caller.institution, now))
        throw consentNotFound(id, key);
    const entities = [`Consent/${encodeId(row)}/_history/${row.version}`];
    const [view] = await showConsents(db, [row]);
    await accessLog.record(caller, [{ person: row.person, action: 'R', interaction: 'readConsent', entities }], now);
    return view;
}
