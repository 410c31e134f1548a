import { elementsOf } from './structures.js';
/** What a search expression that this grammar cannot read says of itself. */
export class UnreadableExpression extends Error {
    name = 'UnreadableExpression';
}
/**
 * The ways an expression takes from its root, read by a small part of FHIRPath: unions, members, `as`, `ofType`, `(x as T)`,
 * `.where(member='value')`, `.where(resolve() is T)`, `extension('url')`, and `x.exists() and x != false`.
 *
 * Throws `UnreadableExpression` for anything else.
 */
function readWays(expression) {
    const tokens = expression.match(/'[^']*'|%?[A-Za-z_][A-Za-z0-9_-]*|!=|[().|=[\],]|\d+|\S/g) ?? [];
    let at = 0;
    const fail = () => {
        throw new UnreadableExpression(`"${expression}" cannot be read from "${tokens.slice(at, at + 3).join('')}" on`);
    };
    const take = (token) => {
        if (tokens[at] !== token)
            fail();
        at++;
    };
    const word = () => {
        const token = tokens[at] ?? '';
        if (!/^[A-Za-z]/.test(token))
            fail();
        at++;
        return token;
    };
    const text = () => {
        const token = tokens[at] ?? '';
        if (!token.startsWith("'"))
            fail();
        at++;
        return token.slice(1, -1);
    };
    const union = () => {
        const ways = [...cast()];
        while (tokens[at] === '|') {
            at++;
            ways.push(...cast());
        }
        return ways;
    };
    const cast = () => {
        const ways = chain();
        if (tokens[at] !== 'as')
            return ways;
        at++;
        const type = word();
        return ways.map((it) => [...it, { kind: 'as', type }]);
    };
    const chain = () => {
        let ways;
        if (tokens[at] === '(') {
            at++;
            ways = union();
            take(')');
        }
        else if (tokens[at] === '%resource') {
            at++;
            ways = [[{ kind: 'member', name: '%resource' }]];
        }
        else
            ways = [call()];
        while (tokens[at] === '.') {
            at++;
            const steps = call();
            ways = ways.map((it) => [...it, ...steps]);
        }
        return ways;
    };
    const call = () => {
        const name = word();
        if (tokens[at] !== '(')
            return [{ kind: 'member', name }];
        at++;
        const steps = argument(name);
        take(')');
        return steps;
    };
    const argument = (name) => {
        if (name === 'as' || name === 'ofType')
            return [{ kind: 'as', type: word() }];
        if (name === 'extension')
            return [
                { kind: 'member', name },
                { kind: 'where', member: 'url', value: text() },
            ];
        if (name === 'exists')
            return [{ kind: 'existence' }];
        if (name !== 'where')
            return fail();
        const first = word();
        if (first === 'resolve') {
            take('(');
            take(')');
            take('is');
            return [{ kind: 'is', type: word() }];
        }
        take('=');
        return [{ kind: 'where', member: first, value: text() }];
    };
    const ways = union();
    const [only] = ways;
    if (tokens[at] === 'and' && ways.length === 1 && only?.at(-1)?.kind === 'existence') {
        at++;
        const again = chain()[0] ?? [];
        if (JSON.stringify(again) !== JSON.stringify(only.slice(0, -1)))
            fail();
        take('!=');
        take('false');
    }
    else if (ways.some((way) => way.some((it) => it.kind === 'existence')))
        fail();
    if (at < tokens.length)
        fail();
    return ways;
}
/**
 * The elements that an expression of a search parameter leads to in resources of a type; none where it is about other types alone.
 *
 * Forms of a choice stand for themselves (`valueQuantity`). Throws `UnreadableExpression` for what cannot be read, and for members that R4
 * does not define.
 */
export function readExpression(expression, { type, from }) {
    return readWays(expression).flatMap((way) => {
        const [first] = way;
        if (first?.kind !== 'member')
            return [];
        if (first.name === '%resource')
            return follow(way.slice(1), rootOf(type), expression);
        if (/^[a-z]/.test(first.name))
            return follow(way, from ?? rootOf(type), expression);
        return [type, 'Resource', 'DomainResource'].includes(first.name) ? follow(way.slice(1), rootOf(type), expression) : [];
    });
}
const rootOf = (type) => ({ path: '', type, repeats: false });
function follow(way, from, expression) {
    return way.reduce((places, step) => {
        const next = places.flatMap((it) => take(it, step));
        if (next.length === 0)
            throw new UnreadableExpression(`"${expression}" leads to nothing that R4 defines in ${from.type}`);
        return next;
    }, [from]);
}
function take(place, step) {
    switch (step.kind) {
        case 'member':
            return membersOf(place.type, step.name).flatMap(([member, element]) => element.types.map((type) => ({
                path: place.path === '' ? member : `${place.path}.${member}`,
                type,
                ...(type === 'code' && element.binding?.codes && { systems: [...element.binding.codes.keys()] }),
                repeats: place.repeats || element.max === '*' || element.max > 1,
                ...(type === 'Reference' && element.targets && { mayLeadTo: element.targets }),
            })));
        case 'as':
            return isA(place.type, step.type) ? [place] : [];
        case 'is':
            return place.type === 'Reference' ? [{ ...place, target: step.type }] : [];
        case 'where':
            return [{ ...place, path: `${place.path}.where(${step.member}='${step.value}')` }];
        case 'existence':
            return [{ ...place, type: 'existence' }];
    }
}
/** The member, or every form of a choice. */
function membersOf(type, name) {
    const elements = elementsOf(type);
    const element = elements.get(name);
    if (element)
        return [[name, element]];
    return [...elements].filter(([, it]) => it.choice === `${name}[x]`);
}
/** Names of types are written in either case (`DateTime`) where the standard's own expressions are. */
function isA(type, wanted) {
    return (type === 'SimpleQuantity' ? 'Quantity' : type).toLowerCase() === wanted.toLowerCase();
}
