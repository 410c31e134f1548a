import { Type } from 'typebox';
import { EQUIVALENCES } from './equivalence.rules.js';
import { MAPPINGS_MAX } from './mapping.rules.js';
const nullable = (schema) => Type.Union([schema, Type.Null()]);
/** Texts are measured by the rules, which tell every faulty row at once; a longer one is none at all. */
const Text = (description, example) => Type.String({ maxLength: 4_000, description, examples: [example] });
const SYSTEM = 'Address of the local code system, up to 255 characters.';
const CODE = 'Local code, up to 128 characters.';
const ITEM = 'Item code of the catalogue; null with `unmatched` alone.';
const EQUIVALENCE = 'From the local code to the item, in the words of FHIR R4. With equivalent, equal, wider and subsumes a result of the local code counts as a ' +
    'result of the item; with narrower and specializes an order of it asks for the item, as a panel does for its members; unmatched says ' +
    'that it means no item.';
export const SentMappings = Type.Object({
    mappings: Type.Array(Type.Object({
        system: Text(SYSTEM, 'urn:oid:1.2.156.9999.1'),
        code: Text(CODE, 'LIS-0012'),
        display: Type.Optional(nullable(Text('Its name, up to 255 characters; the same in every row of the code.', '白细胞'))),
        item: Type.Optional(nullable(Text(ITEM, 'WBC'))),
        equivalence: Text(EQUIVALENCE, 'equivalent'),
        comment: Type.Optional(nullable(Text('Needed with narrower and inexact; up to 1000 characters.', '含五分类'))),
    }, { additionalProperties: false }), { maxItems: MAPPINGS_MAX }),
}, { additionalProperties: false });
export const StoredMapping = Type.Object({
    system: Type.String({ examples: ['urn:oid:1.2.156.9999.1'] }),
    code: Type.String({ examples: ['LIS-0012'] }),
    display: nullable(Type.String({ examples: ['白细胞'] })),
    item: nullable(Type.String({ examples: ['WBC'] })),
    equivalence: Type.Enum(EQUIVALENCES, { description: EQUIVALENCE }),
    comment: nullable(Type.String()),
});
export const RevisionMembers = {
    uscc: Type.String({ description: '统一社会信用代码 of the institution.', examples: ['11500000MB1670604W'] }),
    revision: Type.Integer({ description: 'Counted from 1; 0 before the first load.', examples: [3] }),
    loadedAt: nullable(Type.String({ format: 'date-time' })),
    count: Type.Integer({ description: 'How many mappings the revision has.' }),
};
export const Uscc = Type.String({
    minLength: 18,
    maxLength: 36,
    description: '统一社会信用代码 of the institution; the caller’s own where it is left out.',
    examples: ['11500000MB1670604W'],
});
export const UnmappedCode = Type.Object({
    system: Type.String({ description: 'Empty where the coding names none: such a code cannot be mapped.' }),
    code: Type.String(),
    display: nullable(Type.String({ description: 'Its name on the newest result.' })),
    count: Type.Integer({ description: 'Results coded in it.' }),
    firstSeen: Type.String({ format: 'date-time' }),
    lastSeen: Type.String({ format: 'date-time' }),
    nearest: Type.Array(Type.Object({ item: Type.String(), nameZh: Type.String(), nameEn: Type.String(), likeness: Type.Number({ minimum: 0, maximum: 1 }) }), { description: 'Items that it most likely means, at most three.' }),
});
