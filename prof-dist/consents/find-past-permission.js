import { encodeId } from '../resources/resource-id.js';
import { findConsentsAt } from './consent.queries.js';
import { decidePermission } from './consent.rules.js';
import { readConsent } from './consent-resource.rules.js';
import { rulesOf } from './consent-row.rules.js';
import { policyAfter } from './implicit-policy.rules.js';
import { rulesOfStated } from './keep-consents.js';
import { findGrounds } from './permission.queries.js';
/**
 * What an institution may have seen at a moment gone by, for treatment and not in an emergency: by the versions of the consents that the exchange
 * had by then, and the region's policy of that day. For looking back, never for showing anything.
 *
 * No clinician asks: a permit for single clinicians opens nothing here, and a denial of one counts. What the institution was part of is taken as it is now.
 * Two statements, and at most three more where a consent has another version since.
 */
export async function findPastPermission(reader, persons, institution, at) {
    const { asker, regionPolicy } = await findGrounds(reader, persons, { institution, practitioner: null }, at);
    const consents = await consentsAt(reader, persons, at);
    const isTakenBack = consents.some((it) => !it.active && it.isPermit);
    const policy = policyAfter(regionPolicy, isTakenBack);
    return decidePermission(consents, { asker, policy, purpose: 'TREAT', emergency: false, at });
}
async function consentsAt(reader, persons, at) {
    const rows = await findConsentsAt(reader, persons, at);
    const stated = rows.flatMap(({ content }) => (content === null ? [] : readConsent(JSON.parse(content), 'Consent').stated));
    const earlier = (await rulesOfStated(reader, stated)).map((rules, index) => ({ rules, active: stated[index]?.active === true })).values();
    return rows.map(({ row, version, content }) => {
        const reference = `Consent/${encodeId(row)}/_history/${version}`;
        const { rules, active } = content === null ? { rules: rulesOf(row), active: row.active } : earlier.next().value;
        return { reference, rules, active, isPermit: rules.root.type === 'permit' };
    });
}
