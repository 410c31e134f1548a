import { Type } from 'typebox';
import { scopeText } from './scope.rules.js';
/** Rows of one list; a longer one is sent in parts. */
export const ROWS_MAX = 5_000;
const Text = (maxLength, description, example) => Type.String({ maxLength, description, examples: [example] });
const Uscc = Text(36, '统一社会信用代码 of the institution that passed.', '12330000470051726F');
const Item = Text(40, 'Item code of the edition in force.', 'K');
const Scheme = Text(100, 'The quality assessment and its year, as its body names it.', '国家临检中心 常规化学 2026');
const Scope = Text(80, 'How far the assessing body reaches: `nation`, `province:50`, `city:4201`, `district:500112` (GB/T 2260), `region:<code>`, `alliance:<code>`.', 'province:50');
const Day = (description) => Text(10, description, '2026-01-01');
const Mark = Text(30, 'As it is printed: 全国HR, 渝HR, 武汉HR, 川渝HR.', '渝HR');
export const CertificateInput = Type.Object({
    uscc: Uscc,
    item: Item,
    scheme: Scheme,
    scope: Scope,
    score: Type.Optional(Type.Union([Type.Number(), Type.Null()], { description: 'From 0 to 100, at most two decimals.', examples: [92.5] })),
    validFrom: Day('First day in Beijing on which it holds.'),
    validUntil: Day('Last day.'),
    mark: Type.Optional(Text(30, 'As it is printed. Left out: 全国HR, the short name of the province, or the name of the region or alliance; of a city or district it is needed.', '武汉HR')),
}, { additionalProperties: false });
export const CertificateId = Type.Object({ id: Type.String({ pattern: '^hr-[0-9a-f]{16}$', description: 'Id of the certificate.' }) });
export const CertificateShown = Type.Object({
    id: Type.String({ examples: ['hr-3f9c0a1b2c3d4e5f'] }),
    uscc: Uscc,
    institutionName: Type.String(),
    item: Item,
    scheme: Scheme,
    scope: Scope,
    mark: Mark,
    score: Type.Union([Type.Number(), Type.Null()]),
    validFrom: Day('First day in Beijing on which it holds.'),
    validUntil: Day('Last day.'),
    recordedAt: Type.String({ format: 'date-time' }),
    withdrawal: Type.Optional(Type.Object({
        from: Day('First day on which it does not hold any more.'),
        reason: Type.String(),
        recordedAt: Type.String({ format: 'date-time' }),
    }, { description: 'Absent while it stands.' })),
}, { description: 'That an institution passed a quality assessment for an item: what an HR mark rests on.' });
export function showCertificate(certificate, institutions) {
    const { id, item, scheme, scope, mark, score, validFrom, validUntil, recordedAt, withdrawal } = certificate;
    const institution = institutions.get(certificate.institution);
    return {
        id,
        uscc: institution?.uscc ?? '',
        institutionName: institution?.name ?? '',
        item,
        scheme,
        scope: scopeText(scope),
        mark,
        score,
        validFrom,
        validUntil,
        recordedAt: recordedAt.toISOString(),
        ...(withdrawal ? { withdrawal: { ...withdrawal, recordedAt: withdrawal.recordedAt.toISOString() } } : {}),
    };
}
