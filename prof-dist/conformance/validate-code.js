import { Failure } from '../failure.js';
import { objectsOf } from '../fhir/element.js';
import { askedCodes } from './code-in-question.js';
import { conceptIn, readCodeSystem } from './code-system.rules.js';
import { asMember, expandValueSet, memberKey } from './expand-value-set.js';
import { parametersOf } from './operation-input.js';
/**
 * `CodeSystem/$validate-code` (https://hl7.org/fhir/R4/codesystem-operation-validate-code.html). "No" is an answer: `result` false with a
 * message. Throws `not-found` for a code system that is not known here.
 */
export async function validateCodeOfSystem(definitions, input, instance) {
    const asked = askedCodes(input, 'given elsewhere');
    const url = input.text('url') ?? asked[0]?.system;
    const version = input.text('version');
    const resource = instance ?? input.object('codeSystem') ?? (url && (await definitions.find('CodeSystem', canonical(url, version))));
    if (!resource)
        throw notKnown('url', url);
    const system = readCodeSystem(resource);
    return answer(asked.map((it) => {
        if (it.system !== undefined && it.system !== system.url)
            return { problem: `${it.system} is another code system than ${system.url}` };
        const concept = conceptIn(system, it.code);
        if (concept)
            return judged(asMember(system, concept), it, input);
        return {
            problem: system.isComplete
                ? `${system.url} has no code "${it.code}"`
                : `the code "${it.code}" is not among those of ${system.url} that are known here`,
        };
    }));
}
/**
 * `ValueSet/$validate-code` (https://hl7.org/fhir/R4/valueset-operation-validate-code.html). Throws `not-found` for a value set that is not
 * known here.
 */
export async function validateCodeOfValueSet(definitions, input, instance) {
    const asked = askedCodes(input, 'needed');
    const url = input.text('url');
    const resource = instance ?? input.object('valueSet') ?? (url && (await definitions.find('ValueSet', canonical(url, input.text('valueSetVersion')))));
    if (!resource)
        throw notKnown('url', url);
    const expansion = await expandValueSet(definitions, resource);
    return answer(asked.map((it) => verdictOf(expansion, it, input, String(resource['url'] ?? 'the value set'))));
}
function verdictOf(expansion, asked, input, name) {
    const exact = expansion.members.get(memberKey(asked.system ?? '', asked.code));
    if (exact)
        return judged(exact, asked, input);
    const notKnown = [...expansion.unknown.map((it) => `${it} is not known here`), ...expansion.unusable];
    return {
        problem: notKnown.length > 0
            ? `cannot say whether "${asked.code}" of ${asked.system} is in ${name}: ${notKnown.join('; ')}`
            : `"${asked.code}" of ${asked.system} is not in ${name}`,
    };
}
/** A code that is there may still be abstract, or called by wrong words. */
function judged(member, asked, input) {
    if (member.isAbstract && !input.flag('abstract'))
        return { member, problem: `"${member.code}" only groups other codes` };
    const words = [member.display, ...objectsOf(member.designations).map((it) => it['value'])].filter((it) => it !== undefined);
    const fits = words.some((it) => String(it).toLowerCase() === asked.display?.toLowerCase());
    if (asked.display === undefined || words.length === 0 || fits)
        return { member };
    return { member, problem: `the display of "${member.code}" is "${member.display}", not "${asked.display}"` };
}
/** True when one of the codings is in order. */
function answer(verdicts) {
    const good = verdicts.find((it) => it.problem === undefined);
    const shown = good ?? verdicts.find((it) => 'member' in it);
    return parametersOf([
        ['result', 'valueBoolean', good !== undefined],
        ['message', 'valueString', good ? undefined : verdicts.map((it) => it.problem).join('; ')],
        ['display', 'valueString', shown && 'member' in shown ? shown.member.display : undefined],
    ]);
}
/** `url|version`; a version that the url brings along is left as it is. */
export function canonical(url, version) {
    return version === undefined || url.includes('|') ? url : `${url}|${version}`;
}
/** What an operation works on is not known here, or was not named. */
export function notKnown(path, url) {
    if (url === undefined) {
        return new Failure('parameter-invalid', { path, kind: 'required', en: `${path} is needed`, zh: `须提供 ${path}` });
    }
    return new Failure('not-found', { path, en: `${url} is not known here`, zh: `本系统没有 ${url}` });
}
