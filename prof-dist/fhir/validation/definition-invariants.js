import { areDistinct, either, has, hasChoice, implied, partsOf } from './predicate.js';
/** The characters that no step of a path may have: R4, eld-19. */
const STEP = '[^\\s.,:;\'"/|?!@#$%&*()\\[\\]{}]{1,64}';
const PATH = new RegExp(`${STEP}(\\.${STEP}(\\[x\\])?(:[^\\s.]+)?)*`);
const SLICE_NAME = /^[a-zA-Z0-9/\-_[\]@]+$/;
/** What an element that refers to another one cannot say itself. */
const OWN = ['type', 'maxLength', 'binding'];
const OWN_CHOICES = ['defaultValue', 'fixed', 'pattern', 'minValue', 'maxValue'];
const LEADING = ['Reference', 'canonical'];
/**
 * The invariants of ElementDefinition that are checked by hand, each under its key in R4. A definition has hundreds of elements. `eld-11` says,
 * as R4 wrote it, nothing that an element could break.
 */
export const DEFINITION_INVARIANTS = {
    'eld-1': either('discriminator', 'description'),
    'eld-2': ({ min, max }) => typeof min !== 'number' || typeof max !== 'string' || max === '*' || min <= Number(max),
    'eld-4': (it) => !has(it, 'aggregation') || LEADING.includes(it['code']),
    'eld-5': (it) => !has(it, 'contentReference') ||
        !(OWN.some((name) => has(it, name)) || OWN_CHOICES.some((name) => hasChoice(it, name)) || has(it, 'example')),
    'eld-6': (it) => !hasChoice(it, 'fixed') || partsOf(it['type']).length <= 1,
    'eld-7': (it) => !hasChoice(it, 'pattern') || partsOf(it['type']).length <= 1,
    'eld-8': (it) => !hasChoice(it, 'pattern') || !hasChoice(it, 'fixed'),
    'eld-11': () => true,
    'eld-12': ({ valueSet }) => typeof valueSet !== 'string' || /^(http:|https|urn:)/.test(valueSet),
    'eld-13': (it) => areDistinct(partsOf(it['type']).flatMap((one) => one['code'] ?? [])),
    'eld-14': (it) => areDistinct(partsOf(it['constraint']).flatMap((one) => one['key'] ?? [])),
    'eld-15': (it) => !hasChoice(it, 'defaultValue') || !has(it, 'meaningWhenMissing'),
    'eld-16': ({ sliceName }) => typeof sliceName !== 'string' || SLICE_NAME.test(sliceName),
    'eld-17': (it) => !has(it, 'targetProfile') || LEADING.includes(it['code']),
    'eld-18': (it) => it['isModifier'] !== true || has(it, 'isModifierReason'),
    'eld-19': ({ path }) => typeof path !== 'string' || PATH.test(path),
    'eld-22': implied('sliceIsConstraining', 'sliceName'),
};
