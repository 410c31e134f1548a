import { Failure } from '../failure.js';
import { objectsOf, textOf } from '../fhir/element.js';
/** Codings of one concept; each is looked for in every map and list. */
const CODINGS_MAX = 100;
/**
 * The codes an operation is asked about: `code` with its system, `coding`, or the codings of `codeableConcept`. Throws `parameter-invalid`
 * where none or more than one of these is given, and for a code without its system unless `system` says that it needs none.
 */
export function askedCodes(input, system) {
    const code = input.text('code');
    const coding = input.object('coding');
    const concept = input.object('codeableConcept');
    const given = [code, coding, concept].filter((it) => it !== undefined);
    if (given.length !== 1) {
        throw missing('code', 'give one of code, coding and codeableConcept', '应提供 code、coding、codeableConcept 之一');
    }
    const asked = code === undefined
        ? (coding ? [coding] : objectsOf(concept?.['coding'])).flatMap(codeOf)
        : [
            {
                system: input.text('system'),
                version: input.text('version') ?? input.text('systemVersion'),
                code,
                display: input.text('display'),
            },
        ];
    if (asked.length > CODINGS_MAX) {
        throw new Failure('parameter-invalid', {
            path: 'codeableConcept',
            en: `has more than ${CODINGS_MAX} codings`,
            zh: `coding 超过 ${CODINGS_MAX} 个`,
        });
    }
    if (asked.length === 0)
        throw missing('coding', 'has no code', '没有代码');
    if (system === 'needed' && asked.some((it) => it.system === undefined)) {
        throw missing('system', 'a code needs its system', '须提供代码所属的 system');
    }
    return asked;
}
function codeOf(coding) {
    const code = textOf(coding['code']);
    return code === undefined
        ? []
        : [{ system: textOf(coding['system']), version: textOf(coding['version']), code, display: textOf(coding['display']) }];
}
function missing(path, en, zh) {
    return new Failure('parameter-invalid', { path, kind: 'required', en, zh });
}
