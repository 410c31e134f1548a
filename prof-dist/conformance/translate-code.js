import { objectsOf, textOf } from '../fhir/element.js';
import { askedCodes } from './code-in-question.js';
import { parametersOf } from './operation-input.js';
import { canonical, notKnown } from './validate-code.js';
/** Equivalences that say that there is no translation. */
const NONE = ['unmatched', 'disjoint'];
/** How an equivalence reads from the other side. */
const REVERSED = {
    wider: 'narrower',
    narrower: 'wider',
    subsumes: 'specializes',
    specializes: 'subsumes',
};
/**
 * `ConceptMap/$translate` (https://hl7.org/fhir/R4/conceptmap-operation-translate.html), by the map that is named or, without one, by all of
 * `maps` that fit the systems and value sets given. A code without a translation is an answer: `result` false with a message. Throws
 * `not-found` for a map that is not known here.
 */
export async function translateCode(definitions, maps, input, instance) {
    const asked = askedCodes(input, 'needed');
    const url = input.text('url');
    const named = instance ?? input.object('conceptMap') ?? (url === undefined ? undefined : await mapOf(definitions, maps, url, input));
    if (url !== undefined && !named)
        throw notKnown('url', url);
    const reverse = input.flag('reverse');
    const used = named ? [named] : maps.filter((it) => fits(it, input, reverse));
    const matches = used.flatMap((map) => asked.flatMap((it) => matchesIn(map, it, reverse, input.text('targetsystem'))));
    const result = matches.some((it) => !NONE.includes(it.equivalence));
    return parametersOf([
        ['result', 'valueBoolean', result],
        [
            'message',
            'valueString',
            result ? undefined : `no map that is known here translates ${asked.map((it) => `"${it.code}" of ${it.system}`).join(', ')}`,
        ],
        ...matches.map(({ equivalence, concept, source }) => [
            'match',
            'part',
            [
                { name: 'equivalence', valueCode: equivalence },
                { name: 'concept', valueCoding: concept },
                ...(source === undefined ? [] : [{ name: 'source', valueUri: source }]),
            ],
        ]),
    ]);
}
async function mapOf(definitions, maps, url, input) {
    return maps.find((it) => it['url'] === url) ?? (await definitions.find('ConceptMap', canonical(url, input.text('conceptMapVersion'))));
}
/** Whether a map leads from the value set given to the one wanted, as far as they are given. */
function fits(map, input, reverse) {
    const from = textOf(map['sourceUri']) ?? textOf(map['sourceCanonical']);
    const to = textOf(map['targetUri']) ?? textOf(map['targetCanonical']);
    const [source, target] = reverse ? [to, from] : [from, to];
    const bare = (it) => it?.split('|')[0];
    const { source: wantedSource, target: wantedTarget } = { source: input.text('source'), target: input.text('target') };
    return ((wantedSource === undefined || bare(wantedSource) === bare(source)) &&
        (wantedTarget === undefined || bare(wantedTarget) === bare(target)));
}
function matchesIn(map, asked, reverse, targetSystem) {
    const url = textOf(map['url']);
    return objectsOf(map['group']).flatMap((group) => {
        const source = textOf(group['source']);
        const target = textOf(group['target']);
        const [from, to] = reverse ? [target, source] : [source, target];
        if (from !== asked.system || (targetSystem !== undefined && to !== targetSystem))
            return [];
        const elements = objectsOf(group['element']);
        const found = reverse
            ? elements.flatMap((element) => objectsOf(element['target'])
                .filter((it) => it['code'] === asked.code)
                .map((it) => matchOf(url, to, version(group, 'sourceVersion'), element, REVERSED[String(it['equivalence'])] ?? it['equivalence'])))
            : elements
                .filter((it) => it['code'] === asked.code)
                .flatMap((element) => objectsOf(element['target']).map((it) => matchOf(url, to, version(group, 'targetVersion'), it, it['equivalence'])));
        return found.length > 0 || reverse || elements.some((it) => it['code'] === asked.code) ? found : unmapped(group, to, asked, url);
    });
}
function matchOf(source, system, systemVersion, concept, equivalence) {
    const display = textOf(concept['display']);
    const code = textOf(concept['code']);
    return {
        equivalence: String(equivalence ?? 'relatedto'),
        source,
        concept: {
            ...(system === undefined ? {} : { system }),
            ...(systemVersion === undefined ? {} : { version: systemVersion }),
            ...(code === undefined ? {} : { code }),
            ...(display === undefined ? {} : { display }),
            userSelected: false,
        },
    };
}
const version = (group, name) => textOf(group[name]);
/** What the map says of codes it does not name: the same code in the other system, or a fixed one. */
function unmapped(group, system, asked, source) {
    const rule = objectsOf(group['unmapped'])[0];
    if (rule?.['mode'] === 'provided')
        return [matchOf(source, system, undefined, { code: asked.code }, 'equal')];
    if (rule?.['mode'] === 'fixed')
        return [matchOf(source, system, undefined, rule, 'inexact')];
    return [];
}
