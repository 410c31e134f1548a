import { Type } from 'typebox';
import { CATEGORIES } from '../../resources/category.js';
import { SCOPE_KINDS } from '../certificates/scope.rules.js';
import { versionName } from './rule-set.js';
export const RuleSetCode = Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
    description: 'Code chosen by the operator: small letters, figures, hyphens.',
    examples: ['chongqing'],
});
const closed = { additionalProperties: false };
const Text = (maxLength, description, example) => Type.String({ maxLength, description, examples: [example] });
const Window = Type.Object({
    items: Type.Array(Text(40, 'Item code of the catalogue.', 'K'), { minItems: 1, maxItems: 1_000 }),
    minutes: Type.Number({ examples: [10_080] }),
    basis: Text(16, 'What it is counted from: `sampled`, `examined` or `reported`.', 'sampled'),
    withoutTreatment: Type.Boolean({ description: 'Only where the patient was not treated in between.' }),
}, closed);
/** A region's rules as they are set and shown. What its values may be is told with all faults at once by `faultsOfRules`. */
export const Rules = Type.Object({
    titleZh: Text(200, 'Chinese title.', '重庆市医学检查检验结果互认规则'),
    titleEn: Text(200, 'English title.', 'Chongqing'),
    source: Text(500, 'The published rule it follows: number of the notice, article.', '国卫医发〔2022〕6号'),
    hrMarkRequired: Type.Boolean({ description: 'Whether only a result with a valid HR mark may be recognised.' }),
    acceptedScopes: Type.Array(Text(16, `One of ${SCOPE_KINDS.join(', ')}.`, 'province'), {
        maxItems: 20,
        description: 'Scopes whose marks count.',
    }),
    levelRule: Text(32, '`none`, or `same-or-higher`: results of a lower level only within a common alliance.', 'none'),
    ownHospital: Type.Object({
        recognised: Type.Boolean({ description: 'Whether results of the asking institution itself may be recognised.' }),
        exclusionHours: Type.Number({ description: 'How many of the last hours do not count then.', examples: [24] }),
    }, closed),
    lookBackMinutes: Type.Object({
        laboratory: Type.Number(),
        imaging: Type.Number(),
        ecg: Type.Number(),
        pathology: Type.Number(),
    }, { ...closed, description: 'How far back a result counts where no window is named, by kind of item.' }),
    windows: Type.Union([Type.Array(Window, { maxItems: 200 }), Type.Null()], {
        description: 'The region’s own windows, which take the place of all of the edition’s; null: the edition’s hold.',
    }),
    citationHours: Type.Number({ description: 'How long after the decision it may be written into the record.', examples: [720] }),
    refuseOnIdentityDoubt: Type.Boolean({ description: 'Whether a doubt about who the patient is keeps a result from being recognised.' }),
    recallHours: Type.Optional(Type.Number({ description: 'Within how many hours a recall is acknowledged; 72 where it is left out.', examples: [72] })),
    recallReverses: Type.Optional(Type.Boolean({
        description: 'Whether the saving of a recognition is reversed when its result is corrected or withdrawn; not where it is left out.',
    })),
    reasonList: Text(64, 'The list of reasons for not recognising.', 'national-2022'),
    sources: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z]{1,40}$' }), Type.String({ maxLength: 500 }), {
        maxProperties: 20,
        description: 'Where each field comes from, by its name.',
    })),
}, closed);
const Version = Type.String({ description: 'Names this version for ever; a check keeps it.', examples: ['chongqing.1'] });
const RecordedAt = Type.String({ format: 'date-time', description: 'Since when it holds wherever the rules are assigned.' });
export const RuleSetShown = Type.Intersect([Type.Object({ code: RuleSetCode, version: Version, recordedAt: RecordedAt }), Rules]);
export const RuleSetListed = Type.Object({
    code: RuleSetCode,
    titleZh: Type.String(),
    titleEn: Type.String(),
    source: Type.String(),
    version: Version,
    versions: Type.Array(Type.Object({ version: Version, recordedAt: RecordedAt }), { description: 'All there are, the latest first.' }),
});
export function showRuleSet({ code, version, content, recordedAt }) {
    return { code, version: versionName(code, version), recordedAt: recordedAt.toISOString(), ...content };
}
