import { isObject } from '../element.js';
import { areDistinct, either, exactlyOne, has, hasChoice, hasCoding, implied, listOf, notBoth, partsOf, } from './predicate.js';
import { keyOf } from './value-match.js';
const ALLERGY_VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';
const CONDITION_VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const CONDITION_CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const notAtHome = (it) => it['use'] !== 'home';
/** R4 wrote "something" where the system of the scopes was meant; the rule is kept as it is written. */
const namesPatient = (scope) => (it) => has(it, 'patient') || !hasCoding(it['scope'], 'something', [scope]);
/** The invariants of resources that are checked by hand, each under its key in R4. */
export const RESOURCE_INVARIANTS = {
    'obs-3': either('low', 'high', 'text'),
    'obs-6': (it) => !has(it, 'dataAbsentReason') || !hasChoice(it, 'value'),
    'obs-7'(it) {
        if (!has(it, 'component') || !hasChoice(it, 'value'))
            return true;
        const own = new Set(codingsOf(it['code']).map(keyOf));
        return !partsOf(it['component']).some((part) => codingsOf(part['code']).some((coding) => own.has(keyOf(coding))));
    },
    'org-1': either('identifier', 'name'),
    'org-2': notAtHome,
    'org-3': notAtHome,
    'pat-1': either('name', 'telecom', 'address', 'organization'),
    'prr-1': implied('orderDetail', 'code'),
    'sev-1': notBoth('name', 'query'),
    'ppc-1': either('policy', 'policyRule'),
    'ppc-2': namesPatient('patient-privacy'),
    'ppc-3': namesPatient('research'),
    'ppc-4': namesPatient('adr'),
    'ppc-5': namesPatient('treatment'),
    'cmp-1': either('text', 'entry', 'section'),
    'cmp-2': notBoth('emptyReason', 'entry'),
    'ait-1': (it) => hasCoding(it['verificationStatus'], ALLERGY_VERIFICATION, ['entered-in-error']) || has(it, 'clinicalStatus'),
    'ait-2': (it) => !hasCoding(it['verificationStatus'], ALLERGY_VERIFICATION, ['entered-in-error']) || !has(it, 'clinicalStatus'),
    'con-1': either('summary', 'assessment'),
    'con-2': either('code', 'detail'),
    'con-4': (it) => !hasChoice(it, 'abatement') || hasCoding(it['clinicalStatus'], CONDITION_CLINICAL, ['resolved', 'remission', 'inactive']),
    'con-5': (it) => !hasCoding(it['verificationStatus'], CONDITION_VERIFICATION, ['entered-in-error']) || !has(it, 'clinicalStatus'),
    'cpl-3': notBoth('detail', 'reference'),
    'imm-1': either('documentType', 'reference'),
    'imr-1': either('vaccineCode', 'targetDisease'),
    'mad-1': (it) => has(it, 'dose') || hasChoice(it, 'rate'),
    'fhs-1': (it) => !hasChoice(it, 'age') || !hasChoice(it, 'born'),
    'fhs-2': (it) => hasChoice(it, 'age') || !has(it, 'estimatedAge'),
    'gol-1': (it) => !hasChoice(it, 'detail') || has(it, 'measure'),
    'grp-1': (it) => !has(it, 'member') || it['actual'] === true,
    'ipn-1': either('identifier', 'name'),
    'lnk-1': (it) => listOf(it['item']).length > 1,
    'lst-1': notBoth('emptyReason', 'entry'),
    'lst-2': (it) => it['mode'] === 'changes' || !partsOf(it['entry']).some((entry) => has(entry, 'deleted')),
    'lst-3': (it) => it['mode'] === 'working' || !partsOf(it['entry']).some((entry) => has(entry, 'date')),
    'app-1': either('type', 'actor'),
    'app-2': (it) => has(it, 'start') === has(it, 'end'),
    'app-3': (it) => (has(it, 'start') && has(it, 'end')) || ['proposed', 'cancelled', 'waitlist'].includes(String(it['status'])),
    'app-4': (it) => !has(it, 'cancelationReason') || ['noshow', 'cancelled'].includes(String(it['status'])),
    'apr-1': either('participantType', 'actor'),
    'ces-1': exactlyOne('category', 'productOrService'),
    'qrs-1': notBoth('answer', 'item'),
    'rqg-1': exactlyOne('resource', 'action'),
    'mea-1': (it) => stratifiersOf(it).every((one) => (has(one, 'code') || has(one, 'description') || has(one, 'criteria')) !== has(one, 'component')),
    'mrp-1': (it) => it['type'] !== 'data-collection' || !has(it, 'group'),
    'mrp-2': (it) => stratifiersOf(it)
        .flatMap((one) => partsOf(one['stratum']))
        .every(exactlyOneOf('value', 'component')),
    // Terminology.
    'csd-1': (it) => areDistinct(codesOf(it['concept'])),
    'vsd-1': either('valueSet', 'system'),
    'vsd-2': (it) => (!has(it, 'concept') && !has(it, 'filter')) || has(it, 'system'),
    'vsd-3': notBoth('concept', 'filter'),
    'vsd-6': either('code', 'display'),
    'vsd-9': (it) => has(it, 'code') || it['abstract'] === true,
    'vsd-10': implied('code', 'system'),
    'cmd-1': (it) => has(it, 'comment') || !['narrower', 'inexact'].includes(String(it['equivalence'])),
    'cmd-2': (it) => it['mode'] !== 'fixed' || has(it, 'code'),
    'cmd-3': (it) => it['mode'] !== 'other-map' || has(it, 'url'),
    // Conformance.
    'cpb-1': either('rest', 'messaging', 'document'),
    'cpb-2': either('description', 'software', 'implementation'),
    'cpb-3': (it) => it['kind'] === 'instance' || !partsOf(it['messaging']).some((one) => has(one, 'endpoint')),
    'cpb-7': (it) => areDistinct(partsOf(it['document']).map((one) => `${String(one['profile'])}${String(one['mode'])}`)),
    'cpb-9': (it) => areDistinct(partsOf(it['resource']).map((one) => one['type'])),
    'cpb-12': (it) => areDistinct(partsOf(it['searchParam']).map((one) => one['name'])),
    'cpb-14': (it) => it['kind'] !== 'instance' || has(it, 'implementation'),
    'cpb-15': (it) => it['kind'] !== 'capability' || (!has(it, 'implementation') && has(it, 'software')),
    'cpb-16': (it) => it['kind'] !== 'requirements' || (!has(it, 'implementation') && !has(it, 'software')),
    'spd-1': implied('xpath', 'xpathUsage'),
    'spd-2': (it) => !has(it, 'chain') || it['type'] === 'reference',
    'opd-1': either('type', 'part'),
    'opd-2': (it) => !has(it, 'searchType') || it['type'] === 'string',
    'opd-3': (it) => !has(it, 'targetProfile') || it['type'] === 'Reference' || it['type'] === 'canonical',
    'nsd-2': (it) => areDistinct(partsOf(it['uniqueId']).flatMap((one) => (one['preferred'] === true ? [one['type']] : []))),
    'ig-1'(it) {
        const groups = new Set(partsOf(it['grouping']).map((one) => one['id']));
        return partsOf(it['resource']).every(({ groupingId }) => groupingId === undefined || groups.has(groupingId));
    },
    'ig-2'(it) {
        const versions = new Set(listOf(it['fhirVersion']));
        const resources = partsOf(isObject(it['definition']) ? it['definition']['resource'] : undefined);
        return resources.every(({ fhirVersion }) => listOf(fhirVersion).every((version) => versions.has(version)));
    },
    'que-1': (it) => (it['type'] !== 'group' || has(it, 'item')) && (it['type'] !== 'display' || !has(it, 'item')),
    'que-2': (it) => areDistinct(linkIdsOf(it['item'])),
    'sdf-1': (it) => it['derivation'] === 'constraint' || areDistinct(pathsOf(it['snapshot']).filter((path) => path !== undefined)),
    'sdf-8': (it, { resource }) => isBelowFirst(it, (path) => resource['kind'] === 'logical' || path === resource['type']),
    'sdf-8a': (it, { resource }) => isBelowFirst(it, (path) => resource['kind'] === 'logical' || path.startsWith(String(resource['type']))),
    'sdf-16': (it) => areIdentified(it['snapshot']),
    'sdf-17': (it) => areIdentified(it['differential']),
    // Bundles.
    'bdl-1': (it) => !has(it, 'total') || it['type'] === 'searchset' || it['type'] === 'history',
    'bdl-2': (it) => it['type'] === 'searchset' || !partsOf(it['entry']).some((entry) => has(entry, 'search')),
    'bdl-3': (it) => everyEntryHas(it, 'request', ['batch', 'transaction', 'history']),
    'bdl-4': (it) => everyEntryHas(it, 'response', ['batch-response', 'transaction-response', 'history']),
    'bdl-5': either('resource', 'request', 'response'),
    'bdl-7': (it) => it['type'] === 'history' || areDistinct(partsOf(it['entry']).flatMap(identityOf)),
    'bdl-8': ({ fullUrl }) => typeof fullUrl !== 'string' || !fullUrl.includes('/_history/'),
    'bdl-9': ({ type, identifier }) => type !== 'document' || (isObject(identifier) && has(identifier, 'system') && has(identifier, 'value')),
    'bdl-10': (it) => it['type'] !== 'document' || it['timestamp'] !== undefined,
    'bdl-11': (it) => it['type'] !== 'document' || firstTypeOf(it) === 'Composition',
    'bdl-12': (it) => it['type'] !== 'message' || firstTypeOf(it) === 'MessageHeader',
};
function codingsOf(concept) {
    return partsOf(isObject(concept) ? concept['coding'] : undefined);
}
function exactlyOneOf(name, other) {
    return (it) => has(it, name) !== has(it, other);
}
function stratifiersOf(it) {
    return partsOf(it['group']).flatMap((group) => partsOf(group['stratifier']));
}
function codesOf(concepts) {
    return partsOf(concepts).flatMap((it) => [it['code'], ...codesOf(it['concept'])]);
}
function linkIdsOf(items) {
    return partsOf(items).flatMap((it) => [it['linkId'], ...linkIdsOf(it['item'])]);
}
function pathsOf(view) {
    return partsOf(view).flatMap((it) => partsOf(it['element']).map((element) => element['path']));
}
/** Whether the first path of a view is a good one, and all others lie below it. */
function isBelowFirst(view, isGood) {
    const [first, ...others] = pathsOf(view).map(String);
    if (first === undefined)
        return false;
    const start = `${first.replace(/\..*$/, '')}.`;
    return isGood(first) && others.every((path) => path.startsWith(start));
}
function areIdentified(view) {
    const ids = partsOf(view).flatMap((it) => partsOf(it['element']).map((element) => element['id']));
    return !ids.includes(undefined) && areDistinct(ids);
}
function everyEntryHas(it, name, types) {
    const wanted = types.includes(String(it['type']));
    return partsOf(it['entry']).every((entry) => has(entry, name) === wanted);
}
function identityOf(entry) {
    const { fullUrl, resource } = entry;
    if (typeof fullUrl !== 'string')
        return [];
    const meta = isObject(resource) ? resource['meta'] : undefined;
    return [`${fullUrl} ${isObject(meta) ? String(meta['versionId'] ?? '') : ''}`];
}
function firstTypeOf(bundle) {
    const resource = partsOf(bundle['entry'])[0]?.['resource'];
    return isObject(resource) ? resource['resourceType'] : undefined;
}
