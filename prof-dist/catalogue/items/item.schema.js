import { Type } from 'typebox';
import { CATEGORIES } from '../../resources/category.js';
import { SENSITIVITIES } from '../../resources/sensitivity.js';
const nullable = (schema) => Type.Union([schema, Type.Null()]);
export const Kind = Type.Enum(CATEGORIES, { description: 'Kind of examination.' });
export const Item = Type.Object({
    code: Type.String({ examples: ['WBC'] }),
    kind: Kind,
    nameZh: Type.String({ examples: ['白细胞计数(WBC)'] }),
    nameEn: Type.String({ examples: ['Leukocytes'] }),
    loinc: nullable(Type.String({ examples: ['6690-2'] })),
    unit: nullable(Type.String({ description: 'UCUM.', examples: ['10*9/L'] })),
    specimenOrBodyPart: nullable(Type.String({ examples: ['全血'] })),
    modality: nullable(Type.String({ description: 'DICOM modality.', examples: ['CT'] })),
    windowMinutes: nullable(Type.Integer({ description: 'How long a result may be recognised; null: the edition names no limit.', examples: [360] })),
    windowBasis: Type.Enum(['sampled', 'examined', 'reported'], { description: 'What the window is counted from.' }),
    windowWithoutTreatment: Type.Boolean({ description: 'The window holds only where the patient was not treated in between.' }),
    negative: nullable(Type.Object({ zh: Type.String(), en: Type.String() }, { description: 'Negative list: why a result must not be recognised; null: it is not on the list.' })),
    originalsRequired: Type.Boolean({ description: 'The originals (images, curves) must be retrievable.' }),
    sensitivity: nullable(Type.Enum(SENSITIVITIES, { description: 'Sensitive information (v3-ActCode): a permit has to name it.' })),
    panels: Type.Array(Type.String(), { description: 'Codes of the panels it is a member of.', examples: [['CBC']] }),
});
