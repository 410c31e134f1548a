import { objectsOf, textOf } from '../fhir/element.js';
import { normalise } from '../fhir/person-name.js';
const TARGETS_MAX = 50;
const PARAMETERS = ['sourceIdentifier', 'targetSystem', '_format', '_pretty'];
/**
 * Reads the parameters of `$ihe-pix` (IHE ITI-83, 2:3.83.4.1.2). A Patient here is named as `<base>|Patient/<id>`, or as
 * `<base>/Patient|<id>`; the value says its domain.
 */
export function readCrossReference(parameters, base) {
    const all = [...parameters];
    const issues = all
        .filter(([name]) => !PARAMETERS.includes(name))
        .map(([name]) => ({ path: name, en: 'is not a parameter of this operation', zh: '不是本操作的参数' }));
    const sources = all.filter(([name]) => name === 'sourceIdentifier').map(([, value]) => value);
    const targets = [...new Set(all.filter(([name]) => name === 'targetSystem').map(([, value]) => value))];
    if (sources.length === 0)
        issues.push({ path: 'sourceIdentifier', en: 'is missing', zh: '缺失', kind: 'required' });
    if (sources.length > 1)
        issues.push({ path: 'sourceIdentifier', en: 'must be given once', zh: '只能出现一次' });
    const text = sources[0] ?? '';
    const bar = text.indexOf('|');
    const source = { system: text.slice(0, Math.max(bar, 0)).trim(), value: text.slice(bar + 1).replace(/\\([,|$\\])/g, '$1') };
    if (sources.length === 1 && (source.system === '' || source.value === '')) {
        issues.push({ path: 'sourceIdentifier', en: 'must be <system>|<value>', zh: '应为 <system>|<value>' });
    }
    if (targets.some((it) => it.trim() === ''))
        issues.push({ path: 'targetSystem', en: 'is empty', zh: '为空' });
    if (targets.length > TARGETS_MAX) {
        issues.push({ path: 'targetSystem', en: `is given more than ${TARGETS_MAX} times`, zh: `超过 ${TARGETS_MAX} 个` });
    }
    return { question: { source, id: idOf(source, base), targets }, issues };
}
/** The parameters of a Parameters resource as pairs of name and text. */
export function pairsOf(parameters) {
    return objectsOf(parameters['parameter']).map((it) => {
        const [identifier] = objectsOf(it['valueIdentifier']);
        const text = identifier
            ? `${textOf(identifier['system']) ?? ''}|${textOf(identifier['value']) ?? ''}`
            : (textOf(it['valueString']) ?? textOf(it['valueUri']) ?? '');
        return [textOf(it['name']) ?? '', text];
    });
}
function idOf({ system, value }, base) {
    if (system === base)
        return value.replace(/^Patient\//, '');
    return system === `${base}/Patient` ? value : undefined;
}
/** Whether a system names Patients of this server by their logical ids. */
export function isLogicalDomain(system, base) {
    return system === base || system === `${base}/Patient`;
}
/**
 * Chooses from the Patients of one person what is asked for; `undefined` where none of them has the source identifier. The source itself is
 * left out, and so is what was merged into another Patient. The number of a document counts in every spelling.
 */
export function chooseCrossReference(patients, { source, id, targets }, isDocument, base) {
    const spelled = (value) => (isDocument ? normalise(value) : value);
    const isSource = (it) => it.system === source.system && spelled(it.value) === spelled(source.value);
    if (!patients.some((it) => (id === undefined ? it.identifiers.some(isSource) : it.id === id)))
        return undefined;
    const standing = patients.filter((it) => !it.isReplaced);
    const isWanted = (system) => system !== '' && (targets.length === 0 || targets.includes(system));
    const identifiers = new Map();
    for (const identifier of standing.flatMap((it) => it.identifiers)) {
        const name = `${identifier.system}|${identifier.value}`;
        if (isWanted(identifier.system) && !isSource(identifier) && !identifiers.has(name))
            identifiers.set(name, identifier.text);
    }
    const byId = targets.length === 0 || targets.some((it) => isLogicalDomain(it, base));
    const ids = standing
        .filter((it) => it.id !== id && (byId || it.identifiers.some((identifier) => isWanted(identifier.system))))
        .map((it) => it.id);
    return { identifiers: [...identifiers.values()], ids };
}
