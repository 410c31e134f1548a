import { Type } from 'typebox';
import { CATEGORIES } from '../resources/category.ts';

const nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

export const Kind = Type.Enum(CATEGORIES, { description: 'Kind of examination.' });

export const Limit = Type.Integer({ minimum: 1, maximum: 100, default: 50, description: 'Rows of a page.' });

export const Cursor = Type.String({ minLength: 1, maxLength: 500, description: '`next` of the page before.' });

export const Next = Type.Optional(Type.String({ description: 'Cursor of the next page; absent on the last one.' }));

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
