import { Type } from 'typebox';
import { CATEGORIES } from '../resources/category.js';
import { SENSITIVITIES } from '../resources/sensitivity.js';
import { PURPOSES } from '../security/caller-headers.rules.js';
import { CONSENT_METHODS } from './consent-vocabulary.js';
const Uscc = Type.String({ pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$', description: '统一社会信用代码.', examples: ['11500000MB1670604W'] });
const Time = Type.String({
    maxLength: 40,
    description: 'RFC 3339 with any offset, or a date, which means that day in Beijing. Both ends count.',
    examples: ['2026-12-31', '2026-03-01T09:30:00+08:00'],
});
const DataTime = Type.String({
    maxLength: 40,
    description: 'Limits the date of the data itself, as FHIR has it; a day, month or year is one in Beijing. Data without a date is not permitted.',
    examples: ['2025-01-01', '2025'],
});
const ReportId = Type.String({ maxLength: 64, description: 'Logical id of a DiagnosticReport.' });
const Institution = Type.Object({ uscc: Uscc, name: Type.String({ examples: ['示例市第一人民医院'] }) });
const PatientById = Type.Object({ id: Type.String({ maxLength: 64, description: 'Logical id of a Patient of the calling institution.' }) }, { additionalProperties: false });
const PatientByIdentifier = Type.Object({
    identifier: Type.Object({
        system: Type.String({ minLength: 1, maxLength: 255, examples: ['urn:oid:2.16.156.10011.1.3'] }),
        value: Type.String({ minLength: 1, maxLength: 128, examples: ['500103199001011231'] }),
    }, { additionalProperties: false }),
    name: Type.Optional(Type.String({
        minLength: 1,
        maxLength: 128,
        description: 'As on the document. Needed, with birthDate, for a patient new to the caller.',
    })),
    birthDate: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', examples: ['1990-01-01'] })),
    gender: Type.Optional(Type.Enum(['male', 'female', 'other', 'unknown'])),
}, { additionalProperties: false });
export const ConsentId = Type.String({
    maxLength: 64,
    description: 'Logical id of the consent.',
    examples: ['1f8a0c2b5d3e4f6071a2b3c4d5e6f708'],
});
/** What a hospital system sends when a patient has decided. */
export const ConsentRequest = Type.Object({
    patient: Type.Union([PatientById, PatientByIdentifier]),
    decision: Type.Enum(['permit', 'deny']),
    grantee: Type.Optional(Type.Object({ uscc: Uscc }, { additionalProperties: false, description: 'Who may (or may not) look; absent: any institution.' })),
    categories: Type.Optional(Type.Array(Type.Enum(CATEGORIES), { minItems: 1, uniqueItems: true, description: 'Kinds of result; absent: all.' })),
    purposes: Type.Optional(Type.Array(Type.Enum(PURPOSES), { minItems: 1, uniqueItems: true, description: 'v3-ActReason; absent: any.', examples: [['TREAT']] })),
    sensitivities: Type.Optional(Type.Array(Type.Enum(SENSITIVITIES), {
        minItems: 1,
        uniqueItems: true,
        description: 'Kinds of especially sensitive information (v3-ActCode): a permit covers them only where it names them; a denial that names them is about nothing else.',
        examples: [['HIV']],
    })),
    validFrom: Type.Optional(Time),
    validUntil: Type.Optional(Time),
    dataFrom: Type.Optional(DataTime),
    dataUntil: Type.Optional(DataTime),
    except: Type.Optional(Type.Object({
        reports: Type.Optional(Type.Array(ReportId, { minItems: 1, maxItems: 100, uniqueItems: true, description: 'These reports, with all their results.' })),
        publishedBy: Type.Optional(Type.Array(Type.Object({ uscc: Uscc }, { additionalProperties: false }), {
            minItems: 1,
            maxItems: 100,
            description: 'Everything that these institutions published.',
        })),
    }, { additionalProperties: false, minProperties: 1, description: 'What a permit does not cover all the same.' })),
    method: Type.Enum(CONSENT_METHODS, { description: 'How it was given.' }),
    guardian: Type.Optional(Type.String({
        minLength: 1,
        maxLength: 128,
        description: 'Name of the guardian or carer who decided; needed for the method guardian.',
    })),
}, {
    additionalProperties: false,
    examples: [
        {
            patient: {
                identifier: { system: 'urn:oid:2.16.156.10011.1.3', value: '500103199001011231' },
                name: '张三',
                birthDate: '1990-01-01',
            },
            decision: 'permit',
            grantee: { uscc: '11500000MB1670604W' },
            categories: ['laboratory', 'imaging'],
            validUntil: '2026-12-31',
            method: 'on-site-id-card',
        },
    ],
});
/** A consent as the flat routes show it. */
export const ConsentView = Type.Object({
    id: Type.String({ description: 'Logical id; the same resource is `/fhir/Consent/{id}`.' }),
    version: Type.Integer(),
    active: Type.Boolean({ description: 'Whether it counts, within its time; false once withdrawn.' }),
    decision: Type.Enum(['permit', 'deny']),
    grantees: Type.Array(Institution, { description: 'Empty: any institution.' }),
    categories: Type.Array(Type.Enum(CATEGORIES), { description: 'Empty: all.' }),
    purposes: Type.Array(Type.String(), { description: 'v3-ActReason; empty: any.', examples: [['TREAT']] }),
    validFrom: Type.Optional(Type.String({ description: 'First instant, UTC; absent: from the beginning.' })),
    validUntil: Type.Optional(Type.String({ description: 'Last instant, UTC; absent: until withdrawn.' })),
    sensitivities: Type.Optional(Type.Array(Type.String(), { description: 'Kinds of sensitive information it names.', examples: [['HIV']] })),
    dataFrom: Type.Optional(Type.String({ description: 'First instant of the data, UTC.' })),
    dataUntil: Type.Optional(Type.String({ description: 'First instant after the data, UTC.' })),
    except: Type.Optional(Type.Object({ reports: Type.Array(ReportId), publishedBy: Type.Array(Institution) }, { description: 'What it does not cover all the same.' })),
    saysMore: Type.Optional(Type.Boolean({
        description: 'The Consent says more than this form can show (single clinicians, other exceptions …): read `/fhir/Consent/{id}`.',
    })),
    method: Type.String({ description: 'How it was given; not-stated where the resource does not say.', examples: ['on-site-id-card'] }),
    recordedBy: Type.Optional(Institution),
    recordedAt: Type.String({ description: 'Of this version, UTC.', examples: ['2026-03-01T01:30:00.000Z'] }),
});
