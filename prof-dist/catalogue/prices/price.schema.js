import { Type } from 'typebox';
export const Uscc = Type.String({
    description: '统一社会信用代码 of the institution.',
    minLength: 18,
    maxLength: 36,
    examples: ['11500000MB1670604W'],
});
export const District = Type.String({
    description: 'Administrative division (GB/T 2260): province, city or county.',
    pattern: '^([1-9]\\d|[1-9]\\d{3}|[1-9]\\d{5})$',
    examples: ['500112'],
});
export const Holder = Type.Union([
    Type.Object({ uscc: Uscc }, { additionalProperties: false, title: 'An institution' }),
    Type.Object({ district: District }, { additionalProperties: false, title: 'A district' }),
], { description: 'Whose price it is.' });
export const StoredPrice = Type.Object({
    item: Type.String({ examples: ['CT-CHEST-PLAIN'] }),
    amountFen: Type.Integer({ description: 'Chinese fen.', examples: [20_000] }),
    version: Type.Integer({ description: 'Of this holder and item, counted from 1.', examples: [1] }),
    validFrom: Type.String({ format: 'date-time' }),
});
