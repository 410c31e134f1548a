import { Type } from 'typebox';
import { SCHEMES } from './scheme.js';
export const Division = Type.String({
    description: 'Administrative division (GB/T 2260): province, city or county.',
    pattern: '^([1-9]\\d|[1-9]\\d{3}|[1-9]\\d{5})$',
    examples: ['50'],
});
export const StoredRate = Type.Object({
    scheme: Type.Enum(SCHEMES, { examples: ['employee'] }),
    level: Type.Integer({ description: 'Level of the institution, 1 to 3.', examples: [3] }),
    fundPercent: Type.Number({ description: 'Per cent that the fund pays; the rest is the patient’s.', examples: [85] }),
    version: Type.Integer({ description: 'Of this division, counted from 1.', examples: [1] }),
    validFrom: Type.String({ format: 'date-time' }),
});
