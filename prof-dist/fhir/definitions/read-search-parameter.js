import { readExpression, UnreadableExpression } from './search-expression.js';
/** Data types that can be searched by each type of parameter (R4, 3.1.1.4.4 and following); SampledData by being there alone. */
const SEARCHABLE = {
    number: ['decimal', 'integer', 'unsignedInt', 'positiveInt', 'Range'],
    date: ['date', 'dateTime', 'instant', 'Period', 'Timing'],
    string: ['string', 'markdown', 'HumanName', 'Address'],
    token: ['CodeableConcept', 'Coding', 'Identifier', 'ContactPoint', 'code', 'boolean', 'string', 'id', 'uri', 'existence'],
    reference: ['Reference', 'canonical', 'uri'],
    quantity: [
        'Quantity',
        'SimpleQuantity',
        'MoneyQuantity',
        'Age',
        'Duration',
        'Count',
        'Distance',
        'Money',
        'Range',
        'SampledData',
        'Ratio',
    ],
    uri: ['uri', 'url', 'canonical', 'oid', 'uuid'],
};
/**
 * A search parameter of one resource type, read from its definition. `find` gives the definitions of a composite's parts.
 *
 * Throws `UnreadableExpression` where an expression, or what it leads to, is beyond this server.
 */
export function readSearchParameter(source, type, find) {
    const { code: name, url, expression = '', target = [], multipleOr = true, multipleAnd = true } = source;
    const kind = source.type;
    const shared = { name, url, type: kind, targets: target.toSorted(), multipleOr, multipleAnd };
    if (kind === 'special')
        throw new UnreadableExpression(`${url}: special parameters are not read`);
    if (kind === 'composite')
        return { ...shared, paths: [], groups: readGroups(source, type, find) };
    const places = readExpression(expression, { type });
    return { ...shared, targets: narrowed(shared.targets, places), paths: searchable(kind, places, url), groups: [] };
}
function searchable(kind, paths, url) {
    const able = paths.filter((it) => SEARCHABLE[kind].includes(it.type));
    // Of a choice only the forms that can be searched count; an element that is no choice must be one.
    if (able.length === 0)
        throw new UnreadableExpression(`${url}: no element of type ${kind} at "${paths.map((it) => it.path).join('", "')}"`);
    const kept = able.map(({ path, type, target, systems }) => ({ path, type, ...(target && { target }), ...(systems && { systems }) }));
    return [...new Map(kept.map((it) => [`${it.path} ${it.target}`, it])).values()];
}
/**
 * The definitions of several types share a parameter, and its targets are those of all of them: what the elements of this type cannot lead to is
 * left out. Where an element may lead anywhere, nothing is.
 */
function narrowed(targets, places) {
    const able = places.map(({ target, mayLeadTo }) => (target === undefined ? mayLeadTo : [target]));
    if (able.length === 0 || able.some((it) => it === undefined))
        return targets;
    const met = new Set(able.flatMap((it) => it ?? []));
    const left = targets.filter((it) => met.has(it));
    return left.length > 0 ? left : [...met].toSorted();
}
function readGroups({ url, expression = '', component = [] }, type, find) {
    return readExpression(expression, { type }).map((from) => {
        const components = component.map((it) => {
            const part = find(it.definition);
            if (!part)
                throw new UnreadableExpression(`${url}: its part ${it.definition} is not there`);
            const paths = readExpression(it.expression, { type, from });
            const kind = kindOf(part.type, paths);
            return { type: kind, paths: searchable(kind, paths, url) };
        });
        // Values of one resource belong together by themselves.
        if (!from.repeats)
            return { path: '', components };
        const inside = components.filter((it) => it.paths.some((path) => path.path.startsWith(`${from.path}.`)));
        const [first] = inside;
        const isPair = inside.length === 2 && (first?.type === 'token' || inside.every((it) => it.type === 'number'));
        if (!isPair)
            throw new UnreadableExpression(`${url}: its parts cannot be held together`);
        return { path: from.path, components };
    });
}
/** The type its definition names; or, since the halves of DocumentReference's `relationship` name each other's in R4, the one that fits. */
function kindOf(named, paths) {
    const fits = (kind) => paths.some((it) => SEARCHABLE[kind].includes(it.type));
    return fits(named) ? named : (['token', 'reference'].find(fits) ?? named);
}
