import { isObject, objectsOf } from '../fhir/element.js';
const COUNT_DEFAULT = 20;
const COUNT_MAX = 100;
/** A list beyond these is no description of one human being. */
const ELEMENTS_MAX = { name: 8, identifier: 20, telecom: 20, address: 20 };
/**
 * Reads the body of `$match`: a Parameters resource, or the Patient alone (IHE ITI-119, 2:3.119.4.1.2). `missing` where there is no Patient;
 * the issues are the rest of what is wrong.
 */
export function readMatchRequest(body) {
    if (body['resourceType'] === 'Patient') {
        return {
            request: { patient: body, path: 'Patient', onlyCertain: false, count: COUNT_DEFAULT },
            issues: patientIssues(body, 'Patient'),
        };
    }
    const issues = [];
    const parameters = objectsOf(body['parameter']).map((it, index) => ({ it, path: `Parameters.parameter[${index}]`, name: it['name'] }));
    for (const [index, { name, path }] of parameters.entries()) {
        if (!PARAMETERS.includes(String(name))) {
            issues.push({ path: `${path}.name`, en: 'is not a parameter of this operation', zh: '不是本操作的参数', kind: 'not-supported' });
        }
        else if (parameters.findIndex((it) => it.name === name) < index) {
            issues.push({ path: `${path}.name`, en: 'must be given once', zh: '只能出现一次' });
        }
    }
    const of = (name) => parameters.find((it) => it.name === name);
    const certain = of('onlyCertainMatches');
    if (certain && typeof certain.it['valueBoolean'] !== 'boolean') {
        issues.push({ path: `${certain.path}.valueBoolean`, en: 'must be true or false', zh: '应为 true 或 false', kind: 'value' });
    }
    const count = of('count');
    if (count && !(Number.isInteger(count.it['valueInteger']) && Number(count.it['valueInteger']) > 0)) {
        issues.push({ path: `${count.path}.valueInteger`, en: 'must be a whole number from 1 on', zh: '应为大于等于 1 的整数', kind: 'value' });
    }
    const resource = of('resource');
    const patient = resource?.it['resource'];
    if (!resource || !isObject(patient) || patient['resourceType'] !== 'Patient') {
        issues.push({
            path: resource ? `${resource.path}.resource` : 'Parameters.parameter',
            en: 'one Patient must be given as the parameter "resource"',
            zh: '必须以参数“resource”给出一个 Patient',
            kind: 'required',
        });
        return { request: undefined, issues };
    }
    const path = `${resource.path}.resource`;
    return {
        request: {
            patient,
            path,
            onlyCertain: certain?.it['valueBoolean'] === true,
            count: Math.min(Number(count?.it['valueInteger'] ?? COUNT_DEFAULT), COUNT_MAX),
        },
        issues: [...issues, ...patientIssues(patient, path)],
    };
}
const PARAMETERS = ['resource', 'onlyCertainMatches', 'count'];
function patientIssues(patient, path) {
    const issues = [];
    for (const [name, most] of Object.entries(ELEMENTS_MAX)) {
        const { length } = objectsOf(patient[name]);
        if (length > most)
            issues.push({
                path: `${path}.${name}`,
                en: `has ${length} entries; at most ${most} are taken`,
                zh: `共 ${length} 项，最多 ${most} 项`,
            });
    }
    // What would change the meaning of the whole cannot be weighed (IHE PDQm, profile of the input).
    for (const name of ['implicitRules', 'modifierExtension']) {
        if (patient[name] !== undefined)
            issues.push({ path: `${path}.${name}`, en: 'cannot be taken here', zh: '此处不支持该元素', kind: 'not-supported' });
    }
    return issues;
}
