import { objectsOf, textOf } from './element.js';
/**
 * One spelling for what people write in several: full-width becomes half-width, spaces, strokes and the dots of minority names go, letters
 * become upper case (so that a check character `x` is an `X`).
 */
export function normalise(text) {
    // Decomposed and ordered before and after each step: upper case takes letters apart, and marks that stood apart come together.
    return text
        .normalize('NFKD')
        .toUpperCase()
        .normalize('NFKD')
        .replace(/[\s\u00ad\u00b7\u200b-\u200d\u2010-\u2015\u2022\u2027\u2219\u22c5\u30fb.,'’-]/gu, '')
        .normalize('NFKD');
}
/** `text`, family before given and given before family, each normalised, of every name. */
export function namesOf(patient) {
    const names = objectsOf(patient['name']).flatMap((name) => {
        const family = textOf(name['family']) ?? '';
        const list = name['given'];
        const given = Array.isArray(list) ? list.filter((it) => typeof it === 'string').join('') : '';
        return [textOf(name['text']) ?? '', family + given, given + family];
    });
    return [...new Set(names.map(normalise))].filter((it) => it !== '');
}
