import { SENSITIVITY_SYSTEM } from '../resources/sensitivity.js';
import { readConsentPeriod } from './consent-period.rules.js';
import { CATEGORY_SYSTEM, METHOD_EXTENSION, PARTICIPATION_SYSTEM, PURPOSE_SYSTEM, SCOPE_SYSTEM, SHARING_POLICY, } from './consent-vocabulary.js';
/** What is wrong with a flat consent beyond its form, in the words of the flat body. */
export function checkConsentRequest(request) {
    const issues = [];
    readConsentPeriod(periodOf(request), '', issues);
    const ofData = [];
    readConsentPeriod(dataPeriodOf(request), '', ofData);
    const named = [
        ...issues.map((it) => ({ ...it, path: it.path === '.start' ? 'validFrom' : 'validUntil' })),
        ...ofData.map((it) => ({ ...it, path: it.path === '.start' ? 'dataFrom' : 'dataUntil' })),
    ];
    if (request.decision === 'deny' && request.except) {
        named.push({ path: 'except', en: 'goes with a permit; of a denial it would permit', zh: '仅用于同意授权；不同意时不可列例外' });
    }
    if (request.method === 'guardian' && !request.guardian) {
        named.push({
            path: 'guardian',
            en: 'is missing; the method guardian needs the name of whoever decided',
            zh: '缺失；由监护人代为授权时须填写监护人姓名',
        });
    }
    return named;
}
/** The FHIR Consent (R4) that says what the flat body says; `readConsent` reads the same back. */
export function consentResource(request, references, now) {
    return {
        resourceType: 'Consent',
        extension: [{ url: METHOD_EXTENSION, valueCode: request.method }],
        status: 'active',
        scope: { coding: [{ system: SCOPE_SYSTEM, code: 'patient-privacy' }] },
        category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Consent Document' }] }],
        patient: { reference: references.patient },
        dateTime: now.toISOString(),
        performer: [request.guardian ? { display: request.guardian } : { reference: references.patient }],
        organization: [references.recorder],
        policy: [{ uri: SHARING_POLICY }],
        provision: provisionOf(request, references),
    };
}
function provisionOf(request, { grantee, publishers = [] }) {
    const [period, dataPeriod] = [periodOf(request), dataPeriodOf(request)];
    const classes = (request.categories ?? []).map((code) => ({ system: CATEGORY_SYSTEM, code }));
    const purposes = (request.purposes ?? []).map((code) => ({ system: PURPOSE_SYSTEM, code }));
    const labels = (request.sensitivities ?? []).map((code) => ({ system: SENSITIVITY_SYSTEM, code }));
    // A permit for what carries a label would be one for nothing else: the labels are named in an exception that opens.
    const opened = request.decision === 'permit' && labels.length > 0 ? [{ type: 'permit', securityLabel: labels }] : [];
    const reports = (request.except?.reports ?? []).map((it) => instanceOf(`DiagnosticReport/${it}`));
    const authors = publishers.map((reference) => ({ meaning: 'authoredby', reference }));
    const closed = [reports, authors].flatMap((data) => (data.length > 0 ? [{ type: 'deny', data }] : []));
    return {
        type: request.decision,
        ...(period ? { period } : {}),
        ...(grantee ? { actor: [{ role: { coding: [{ system: PARTICIPATION_SYSTEM, code: 'IRCP' }] }, reference: grantee }] } : {}),
        ...(purposes.length > 0 ? { purpose: purposes } : {}),
        ...(classes.length > 0 ? { class: classes } : {}),
        ...(request.decision === 'deny' && labels.length > 0 ? { securityLabel: labels } : {}),
        ...(dataPeriod ? { dataPeriod } : {}),
        ...(opened.length + closed.length > 0 ? { provision: [...opened, ...closed] } : {}),
    };
}
function instanceOf(reference) {
    return { meaning: 'instance', reference: { reference } };
}
function periodOf({ validFrom, validUntil }) {
    return startAndEnd(validFrom, validUntil);
}
function dataPeriodOf({ dataFrom, dataUntil }) {
    return startAndEnd(dataFrom, dataUntil);
}
function startAndEnd(start, end) {
    if (start === undefined && end === undefined)
        return undefined;
    return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}
