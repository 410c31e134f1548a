import { Type } from 'typebox';
import { CATEGORIES } from '../../resources/category.ts';

const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

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
  windowMinutes: nullable(
    Type.Integer({ description: 'How long a result may be recognised; null: the edition names no limit.', examples: [360] }),
  ),
  windowBasis: Type.Enum(['sampled', 'examined', 'reported'], { description: 'What the window is counted from.' }),
});
