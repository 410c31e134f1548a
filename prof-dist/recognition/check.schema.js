import { Type } from 'typebox';
import { SCOPE_KINDS } from '../catalogue/certificates/scope.rules.js';
import { CATEGORIES } from '../resources/category.js';
import { INSURANCES } from './insurance.js';
import { REASON_CODES } from './reason.rules.js';
/** The longest name an item is asked for by: a local code with its system. What stands for several items keeps it in the answer. */
export const ITEM_LENGTH_MAX = 200;
export const DEPARTMENT_LENGTH_MAX = 100;
/** Free text as PostgreSQL can hold it: neither NUL nor half a surrogate pair. */
export const Words = (lengthMax, more = {}) => Type.String({ minLength: 1, maxLength: lengthMax, pattern: '^[^\\u0000\\p{Cs}]*$', ...more });
export const Moment = (description) => Type.String({ format: 'date-time', description, examples: ['2026-03-01T00:30:00.000Z'] });
const PatientTraits = {
    name: Type.Optional(Words(100, {
        description: 'The name the caller has. Where it differs from that of the identity documents, it is in doubt who is meant.',
    })),
    birthDate: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'The birth date the caller has; a difference is a doubt as well.' })),
};
/** Who the patient is: by an identity document, or by the id of a Patient the caller knows. */
const PatientReference = Type.Union([
    Type.Object({
        identifier: Type.Object({
            system: Words(200, { examples: ['urn:oid:2.16.156.10011.1.3'] }),
            value: Words(200, { examples: ['11010519491231002X'] }),
        }, { additionalProperties: false }),
        ...PatientTraits,
    }, { additionalProperties: false, title: 'By identifier' }),
    Type.Object({ id: Words(64), ...PatientTraits }, { additionalProperties: false, title: 'By id' }),
], { description: 'The patient, by identifier or by the logical id of the Patient.' });
export const CheckId = Type.Object({ id: Words(64, { description: 'Id of the check.' }) });
export const CheckQuestion = Type.Object({
    patient: PatientReference,
    encounter: Type.Optional(Words(128, { description: 'The visit or stay, as the calling system numbers it.', examples: ['OP-20260301-0042'] })),
    setting: Type.Enum(['outpatient', 'emergency', 'inpatient'], { description: 'Where the patient is treated.' }),
    department: Type.Optional(Words(DEPARTMENT_LENGTH_MAX, { description: 'The department that asks, as the calling system names it.', examples: ['呼吸内科'] })),
    insurance: Type.Optional(Type.Enum(INSURANCES, {
        description: 'Who pays: 职工医保, 居民医保一档, 居民医保二档, 自费. What is saved is divided between the fund and the patient by it; left out, it is not divided.',
    })),
    trigger: Type.Enum(['patient-opened', 'order-entry'], { description: 'What made the calling system ask.' }),
    items: Type.Optional(Type.Array(Words(ITEM_LENGTH_MAX, { examples: ['WBC', 'urn:oid:2.16.156.10011.1.24.9|LIS-0042'] }), {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
        description: 'Catalogue codes, LOINC codes of items (`http://loinc.org|6690-2`), or local codes of the caller (`code` or `system|code`) that are mapped to items. May be left out when the patient is opened: then every item with a recognisable result is answered.',
    })),
    lastTreatmentAt: Type.Optional(Type.String({
        format: 'date-time',
        description: 'When the patient was last treated, as the caller knows: some windows hold only without treatment in between. Treatments that were published to the exchange count as well.',
    })),
}, { additionalProperties: false });
const Source = Type.Object({
    uscc: Type.String({ description: '统一社会信用代码.', examples: ['11500000MB1670604W'] }),
    name: Type.String(),
    level: Type.Union([Type.Integer({ minimum: 1, maximum: 3 }), Type.Null()], { description: 'Hospital level.' }),
});
const MarkShown = Type.Object({
    label: Type.String({ description: 'The mark as it is printed.', examples: ['渝HR'] }),
    scope: Type.Object({ kind: Type.Enum(SCOPE_KINDS), code: Type.String({ description: 'Empty for the nation.' }) }),
    certificate: Type.String({ description: 'Names the quality certificate for ever.' }),
    scheme: Type.String({ description: 'The assessment that was passed.' }),
    score: Type.Union([Type.Number(), Type.Null()]),
    validUntil: Moment('Last moment the certificate covers.'),
}, { description: 'The HR mark of the result, where a certificate covered its sampling or examination and reaches the asking institution.' });
const CandidateShown = Type.Object({
    report: Type.String({ description: 'The DiagnosticReport.', examples: ['DiagnosticReport/2b0c…'] }),
    reportVersion: Type.Integer({ minimum: 1, description: 'The version that was shown; a decision binds to it.' }),
    result: Type.String({ description: 'The Observation within it, or the report itself.', examples: ['Observation/2b0c…'] }),
    reportStatus: Type.String({ examples: ['final'] }),
    source: Source,
    sampledAt: Type.Optional(Moment('Sampling (laboratory, pathology).')),
    examinedAt: Type.Optional(Moment('Examination (imaging, ECG).')),
    reportedAt: Type.Optional(Moment('Issue of the report.')),
    validUntil: Type.Optional(Moment('Last moment at which it may be recognised.')),
    value: Type.Optional(Type.String({ description: 'With the digits of the source.', examples: ['6.10'] })),
    unit: Type.Optional(Type.String({ description: 'As the source gives it.', examples: ['10*9/L'] })),
    converted: Type.Optional(Type.Object({ value: Type.String(), unit: Type.String({ description: 'UCUM.' }) }, { description: 'The value in the unit of the item, where the source has another one. The value of the source is what was reported.' })),
    referenceRange: Type.Optional(Type.String({ examples: ['3.50-9.50'] })),
    interpretation: Type.Optional(Type.String({ examples: ['H'] })),
    studies: Type.Optional(Type.Array(Type.String(), { description: 'ImagingStudies of the report.' })),
    originals: Type.Optional(Type.Enum(['retrievable', 'missing', 'not-needed'], {
        description: 'Images or curves. `retrievable`: a study of the report is available and names an Endpoint; whether it answers at this moment was not tried.',
    })),
    mark: Type.Optional(MarkShown),
});
const PriceShown = Type.Object({
    amountFen: Type.Integer({ minimum: 0, description: 'Chinese fen that recognising saves; 0 where no price is configured.' }),
    priced: Type.Boolean(),
    version: Type.Union([Type.String(), Type.Null()], { description: 'Whose price, in which version.', examples: ['institution:7 v3'] }),
}, { description: 'Frozen when the item is recognised.' });
const ReasonAnswer = Type.Object({
    code: Type.Enum(REASON_CODES),
    textZh: Type.String(),
    textEn: Type.String(),
    source: Type.Optional(Type.String({
        description: "The rule that caused it: a law or notice, a field of the edition, or a field of the region's rules.",
        examples: ['rules:national-2022.1 hrMarkRequired (国卫医发〔2022〕6号)'],
    })),
    remedyZh: Type.Optional(Type.String({ description: 'What would have to change.' })),
    remedyEn: Type.Optional(Type.String({ description: 'What would have to change.' })),
});
/** An item as it was judged: all that is said of a member of a panel. */
const JUDGED = {
    item: Type.String({ description: 'Item code; a local code where it stands for several items.', examples: ['WBC'] }),
    nameZh: Type.Optional(Type.String()),
    nameEn: Type.Optional(Type.String()),
    verdict: Type.Enum(['recognisable', 'reference-only', 'none', 'consent-required', 'unknown-item']),
    reasons: Type.Array(ReasonAnswer, { description: 'Every reason that applies; empty where the item is recognisable.' }),
    window: Type.Optional(Type.Object({
        minutes: Type.Integer(),
        basis: Type.Enum(['sampled', 'examined', 'reported']),
        withoutTreatment: Type.Optional(Type.Boolean({ description: 'It holds only where the patient was not treated in between.' })),
        source: Type.Enum(['region', 'edition', 'look-back'], {
            description: "Named by the region's own list or by the edition, or the default look-back of the region.",
        }),
    }, { description: 'How long, and counted from what, a result of the item may be recognised.' })),
    candidate: Type.Optional(CandidateShown),
    others: Type.Integer({ minimum: 0, description: 'Further results of the item that could be shown.' }),
};
const MemberAnswer = Type.Object(JUDGED);
const ItemAnswer = Type.Object({
    ...JUDGED,
    asked: Type.Optional(Type.String({ description: 'What was asked for, where it was a local or a LOINC code. Decisions name `item`.' })),
    nearest: Type.Optional(Type.Array(Type.Object({ item: Type.String(), nameZh: Type.String(), nameEn: Type.String(), likeness: Type.Number({ minimum: 0, maximum: 1 }) }), { description: 'Of an unknown code: the items it most likely means, so that it can be mapped.' })),
    members: Type.Optional(Type.Array(MemberAnswer, {
        description: 'Of a panel: each member by itself. `candidate` is then the report that answers most members, the price that of the whole panel; a decision is about the panel.',
    })),
    price: Type.Optional(PriceShown),
    recordText: Type.Optional(Type.Object({ zh: Type.String(), en: Type.String() }, { description: 'Ready for the medical record.' })),
});
export const CheckAnswer = Type.Object({
    id: Type.String({ description: 'Names the check in decisions.' }),
    checkedAt: Moment('When it was asked.'),
    encounter: Type.Optional(Type.String()),
    setting: Type.String(),
    trigger: Type.String(),
    edition: Type.Union([Type.String(), Type.Null()], { description: 'Edition of the list that was applied.', examples: ['tongjian-222'] }),
    rulesVersion: Type.String({ description: 'Version of the rules that were applied.', examples: ['national-2022.1'] }),
    reasonList: Type.Optional(Type.String({
        description: 'The list of reasons for not recognising (`/v1/catalogue/reasons?list=`).',
        examples: ['national-2022'],
    })),
    permission: Type.Object({
        basis: Type.Enum(['consent', 'policy', 'emergency', 'none']),
        categories: Type.Array(Type.Enum(CATEGORIES), { description: 'Kinds of result the caller may see.' }),
    }, { description: 'On what ground the answer was given. `none`: nothing is said, whether or not there is anything.' }),
    items: Type.Array(ItemAnswer),
});
