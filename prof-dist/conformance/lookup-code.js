import { Failure } from '../failure.js';
import { askedCodes } from './code-in-question.js';
import { conceptIn, readCodeSystem } from './code-system.rules.js';
import { parametersOf } from './operation-input.js';
/**
 * `CodeSystem/$lookup`: what is known of a code (https://hl7.org/fhir/R4/codesystem-operation-lookup.html). Throws `not-found` for a code
 * system or a code that is not known here.
 */
export async function lookupCode(definitions, input) {
    const [asked] = askedCodes(input, 'needed');
    const { system = '', version, code = '' } = asked ?? {};
    const resource = await definitions.find('CodeSystem', version === undefined ? system : `${system}|${version}`);
    if (!resource)
        throw unknown('system', `the code system ${system} is not known here`, `本系统没有代码系统 ${system}`);
    const codeSystem = readCodeSystem(resource);
    const concept = conceptIn(codeSystem, code);
    if (!concept)
        throw unknown('code', `${system} has no code "${code}" here`, `${system} 中没有代码“${code}”`);
    const wanted = input.all('property').map(String);
    const properties = propertiesOf(codeSystem, concept).filter((it) => wanted.length === 0 || wanted.includes(String(it['code'])));
    const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
    return parametersOf([
        ['name', 'valueString', codeSystem.name ?? codeSystem.url],
        ['version', 'valueString', codeSystem.version],
        ['display', 'valueString', concept.display ?? concept.code],
        ...(isWanted('designation') ? concept.designations : []).map(({ language, use, value }) => [
            'designation',
            'part',
            [
                ...(language === undefined ? [] : [{ name: 'language', valueCode: language }]),
                ...(use === undefined ? [] : [{ name: 'use', valueCoding: use }]),
                { name: 'value', valueString: value },
            ],
        ]),
        ...properties.map((it) => ['property', 'part', partsOf(it)]),
    ]);
}
/** Those that were published, the definition, and the codes right above and below. */
function propertiesOf(system, concept) {
    const stated = concept.properties.filter((it) => !['parent', 'child'].includes(String(it['code'])));
    return [
        ...(concept.definition === undefined ? [] : [{ code: 'definition', valueString: concept.definition }]),
        ...stated,
        ...[...(system.parents.get(concept.code) ?? [])].map((it) => ({ code: 'parent', valueCode: it })),
        ...[...(system.children.get(concept.code) ?? [])].map((it) => ({ code: 'child', valueCode: it })),
    ];
}
function partsOf(property) {
    const [member, value] = Object.entries(property).find(([name]) => name.startsWith('value')) ?? [];
    return [{ name: 'code', valueCode: property['code'] }, ...(member === undefined ? [] : [{ name: 'value', [member]: value }])];
}
function unknown(path, en, zh) {
    return new Failure('not-found', { path, en, zh });
}
