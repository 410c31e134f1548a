import { Failure } from '../failure.js';
import { objectsOf, textOf } from '../fhir/element.js';
import { parseExactJson } from '../fhir/exact-json.js';
import { normalise } from '../fhir/person-name.js';
import { hashIdentifier } from '../resources/hash.js';
import { decodeId, encodeId, isPerson } from '../resources/resource-id.js';
import { findCarriers, findPatientsOf } from './cross-reference.queries.js';
import { chooseCrossReference, isLogicalDomain, } from './cross-reference.rules.js';
import { findKeysAndMerges } from './merge.queries.js';
import { findDocuments, findDomains } from './person.queries.js';
/** operationId of the door, and the name in the access log. */
export const CROSS_REFERENCE = 'crossReferencePatient';
/**
 * The identifiers and Patients that stand for the same human being (IHE PIXm, Mobile Patient Identifier Cross-reference Query [ITI-83]):
 * those of the caller's own institution and, where the person's consent lets a named clinician see anything, those of all others. Without
 * consent the answer is the one that would be given if only the own existed, by the same statements.
 *
 * Throws `parameter-invalid` for a source domain and `domain-unknown` for a target domain that nobody here uses (which domains are in use is
 * no secret), `not-found` for a source identifier that names nobody or two people. Committed to the access log before it is returned.
 */
export async function crossReference(db, custody, caller, question, base, asked, now) {
    await refuseUnknownDomains(db, question, base);
    const { persons, isDocument } = question.id === undefined ? await personsOf(db, caller, question.source) : personOfId(question.id);
    const all = await findKeysAndMerges(db, persons[0] ?? 0n);
    const keys = persons.length > 0 && persons.every((it) => all.keys.includes(it)) ? all.keys : [];
    const permission = await custody.permission(db, keys, caller, now);
    const permitted = caller.practitioner !== null && permission.basis !== 'none';
    const texts = await findPatientsOf(db, keys, caller.institution, permitted);
    const replaced = new Set(all.merges.map((it) => encodeId(it.subsumed)));
    const patients = texts.map((it) => readPatient(it, replaced));
    const chosen = chooseCrossReference(patients, question, isDocument, base);
    if (!chosen)
        throw notFound(keys[0]);
    await custody.record(null, caller, [
        {
            person: keys[0],
            action: 'E',
            interaction: CROSS_REFERENCE,
            query: asked,
            entities: texts.filter((it) => chosen.ids.includes(encodeId(it))).map((it) => `Patient/${encodeId(it)}/_history/${it.version}`),
        },
    ], now);
    return chosen;
}
async function refuseUnknownDomains(db, { source, targets }, base) {
    const known = await findDomains(db, [source.system, ...targets]);
    const isUnknown = (system) => !known.has(system) && !isLogicalDomain(system, base);
    if (isUnknown(source.system)) {
        throw new Failure('parameter-invalid', {
            en: 'sourceIdentifier Assigning Authority not found',
            zh: 'sourceIdentifier 的标识体系（发号机构）未知',
            kind: 'code-invalid',
        });
    }
    if (targets.some(isUnknown)) {
        throw new Failure('domain-unknown', { en: 'targetSystem not found', zh: 'targetSystem 所指的标识体系未知' });
    }
}
/**
 * Whom an identifier stands for: the holder of the document, else whoever has it among the own patients, else among those of others, whose
 * consent then decides whether anything is told.
 */
async function personsOf(db, caller, source) {
    const [document] = await findDocuments(db, [{ system: source.system, value: normalise(source.value) }]);
    const carriers = await findCarriers(db, hashIdentifier('Patient', source), caller.institution);
    if (document)
        return { persons: [document.person], isDocument: true };
    const own = carriers.filter((it) => it.institution === caller.institution);
    return { persons: [...new Set((own.length > 0 ? own : carriers).map((it) => it.person))], isDocument: false };
}
function personOfId(id) {
    const key = decodeId(id);
    return { persons: key && isPerson(key.person) ? [key.person] : [], isDocument: false };
}
function readPatient(row, replaced) {
    const { text, value, spans } = parseExactJson(row.content, 'Patient');
    const id = encodeId(row);
    return {
        id,
        isReplaced: replaced.has(id),
        identifiers: objectsOf(value['identifier']).flatMap((it) => {
            const span = spans.get(it);
            const number = textOf(it['value']);
            return span && number ? [{ system: textOf(it['system']) ?? '', value: number, text: text.slice(span.start, span.end) }] : [];
        }),
    };
}
function notFound(person) {
    return new Failure('not-found', { en: 'sourceIdentifier Patient Identifier not found', zh: '未找到 sourceIdentifier 所指的患者标识' }, person === undefined ? {} : { person });
}
