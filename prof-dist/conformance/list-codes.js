import { randomUUID } from 'node:crypto';
import { Failure } from '../failure.js';
import { expandValueSet, tooCostly } from './expand-value-set.js';
import { invalid } from './operation-input.js';
import { canonical, notKnown } from './validate-code.js';
/** Codes that one answer lists. */
const COUNT_MAX = 1_000;
/**
 * `ValueSet/$expand` (https://hl7.org/fhir/R4/valueset-operation-expand.html), in pages of up to 1,000 codes.
 *
 * Throws `not-found` for a value set that is not known here, `rule-violated` where it draws on what is not known here, and (`too-costly`) for
 * more than 1,000 codes without `count`.
 */
export async function listCodes(definitions, input, instance, now) {
    const url = input.text('url');
    const resource = instance ?? input.object('valueSet') ?? (url && (await definitions.find('ValueSet', canonical(url, input.text('valueSetVersion')))));
    if (!resource)
        throw notKnown('url', url);
    const count = input.number('count');
    const offset = input.number('offset') ?? 0;
    if (count !== undefined && count > COUNT_MAX)
        throw invalid('count', `is at most ${COUNT_MAX}`, `不得超过 ${COUNT_MAX}`);
    const { members, unknown, unusable } = await expandValueSet(definitions, resource);
    const missing = [...unknown.map((it) => `${it} is not known here`), ...unusable];
    if (missing.length > 0) {
        throw new Failure('rule-violated', missing.map((it) => ({ kind: 'not-found', en: `the value set cannot be expanded: ${it}`, zh: `无法展开该值集：${it}` })));
    }
    const filter = input.text('filter')?.toLowerCase();
    const activeOnly = input.flag('activeOnly');
    const found = [...members.values()].filter((it) => (!activeOnly || !it.isInactive) && (filter === undefined || hasText(it, filter)));
    if (count === undefined && found.length - offset > COUNT_MAX)
        throw tooCostly();
    const withDesignations = input.flag('includeDesignations');
    const contains = found.slice(offset, offset + (count ?? COUNT_MAX)).map((it) => shown(it, withDesignations));
    const { id: _id, meta: _meta, text: _text, compose: _compose, expansion: _expansion, ...head } = resource;
    return {
        ...head,
        status: head['status'] ?? 'active',
        expansion: {
            identifier: `urn:uuid:${randomUUID()}`,
            timestamp: now.toISOString(),
            total: found.length,
            offset,
            parameter: [
                ...(filter === undefined ? [] : [{ name: 'filter', valueString: input.text('filter') }]),
                ...(count === undefined ? [] : [{ name: 'count', valueInteger: count }]),
                ...(activeOnly ? [{ name: 'activeOnly', valueBoolean: true }] : []),
                ...(withDesignations ? [{ name: 'includeDesignations', valueBoolean: true }] : []),
                { name: 'excludeNested', valueBoolean: true },
            ],
            ...(contains.length > 0 ? { contains } : {}),
        },
    };
}
function hasText({ code, display, designations }, filter) {
    return [code, display, ...designations.map((it) => it['value'])].some((it) => typeof it === 'string' && it.toLowerCase().includes(filter));
}
function shown({ system, version, code, display, designations, isAbstract, isInactive }, withDesignations) {
    return {
        system,
        ...(isAbstract ? { abstract: true } : {}),
        ...(isInactive ? { inactive: true } : {}),
        ...(version === undefined ? {} : { version }),
        code,
        ...(display === undefined ? {} : { display }),
        ...(withDesignations && designations.length > 0 ? { designation: designations } : {}),
    };
}
