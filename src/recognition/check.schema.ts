import { type Static, Type } from 'typebox';
import { CATEGORIES } from '../resources/category.ts';

/** Free text as PostgreSQL can hold it: neither NUL nor half a surrogate pair. */
export const Words = (lengthMax: number, more: { description?: string; examples?: string[] } = {}) =>
  Type.String({ minLength: 1, maxLength: lengthMax, pattern: '^[^\\u0000\\p{Cs}]*$', ...more });

export const Moment = (description: string) => Type.String({ format: 'date-time', description, examples: ['2026-03-01T00:30:00.000Z'] });

/** Who the patient is: by an identity document, or by the id of a Patient the caller knows. */
const PatientReference = Type.Union(
  [
    Type.Object(
      {
        identifier: Type.Object(
          {
            system: Words(200, { examples: ['urn:oid:2.16.156.10011.1.3'] }),
            value: Words(200, { examples: ['11010519491231002X'] }),
          },
          { additionalProperties: false },
        ),
      },
      { additionalProperties: false, title: 'By identifier' },
    ),
    Type.Object({ id: Words(64) }, { additionalProperties: false, title: 'By id' }),
  ],
  { description: 'The patient, by identifier or by the logical id of the Patient.' },
);

export const CheckId = Type.Object({ id: Words(64, { description: 'Id of the check.' }) });

export const CheckQuestion = Type.Object(
  {
    patient: PatientReference,
    encounter: Type.Optional(
      Words(128, { description: 'The visit or stay, as the calling system numbers it.', examples: ['OP-20260301-0042'] }),
    ),
    setting: Type.Enum(['outpatient', 'emergency', 'inpatient'], { description: 'Where the patient is treated.' }),
    trigger: Type.Enum(['patient-opened', 'order-entry'], { description: 'What made the calling system ask.' }),
    items: Type.Optional(
      Type.Array(Words(64), {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
        description: 'Catalogue codes. May be left out when the patient is opened: then every item with a recognisable result is answered.',
        examples: [['WBC', 'CT-CHEST-PLAIN']],
      }),
    ),
  },
  { additionalProperties: false },
);

const Source = Type.Object({
  uscc: Type.String({ description: '统一社会信用代码.', examples: ['11500000MB1670604W'] }),
  name: Type.String(),
  level: Type.Union([Type.Integer({ minimum: 1, maximum: 3 }), Type.Null()], { description: 'Hospital level.' }),
});

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
  referenceRange: Type.Optional(Type.String({ examples: ['3.50-9.50'] })),
  interpretation: Type.Optional(Type.String({ examples: ['H'] })),
  studies: Type.Optional(Type.Array(Type.String(), { description: 'ImagingStudies of the report.' })),
});

const PriceShown = Type.Object(
  {
    amountFen: Type.Integer({ minimum: 0, description: 'Chinese fen that recognising saves; 0 where no price is configured.' }),
    priced: Type.Boolean(),
    version: Type.Union([Type.String(), Type.Null()], { description: 'Whose price, in which version.', examples: ['institution:7 v3'] }),
  },
  { description: 'Frozen when the item is recognised.' },
);

const ItemAnswer = Type.Object({
  item: Type.String({ examples: ['WBC'] }),
  nameZh: Type.Optional(Type.String()),
  nameEn: Type.Optional(Type.String()),
  verdict: Type.Enum(['recognisable', 'reference-only', 'none', 'consent-required', 'unknown-item']),
  reasons: Type.Array(Type.Object({ code: Type.String({ examples: ['stale'] }), textZh: Type.String(), textEn: Type.String() }), {
    description: 'Every reason that applies; empty where the item is recognisable.',
  }),
  window: Type.Optional(
    Type.Object(
      {
        minutes: Type.Integer(),
        basis: Type.Enum(['sampled', 'examined', 'reported']),
        source: Type.Enum(['edition', 'look-back'], { description: 'Named by the edition, or the default look-back of the region.' }),
      },
      { description: 'How long, and counted from what, a result of the item may be recognised.' },
    ),
  ),
  candidate: Type.Optional(CandidateShown),
  others: Type.Integer({ minimum: 0, description: 'Further results of the item that could be shown.' }),
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
  rulesVersion: Type.String({ examples: ['national-2022.1'] }),
  permission: Type.Object(
    {
      basis: Type.Enum(['consent', 'policy', 'emergency', 'none']),
      categories: Type.Array(Type.Enum(CATEGORIES), { description: 'Kinds of result the caller may see.' }),
    },
    { description: 'On what ground the answer was given. `none`: nothing is said, whether or not there is anything.' },
  ),
  items: Type.Array(ItemAnswer),
});

export type CheckQuestion = Static<typeof CheckQuestion>;
export type CheckAnswer = Static<typeof CheckAnswer>;
export type ItemAnswer = Static<typeof ItemAnswer>;
