import { isPerson } from './resource-id.js';
/** More than one is several: nobody asks how many. */
const SEVERAL = 2;
/**
 * Whom the references of passages lead to: those without a key, directly or by way of each other, whatever their order and their circles.
 * Each with none, one, or two that stand for any number.
 */
export function tracePersons(open, followed, humanOf) {
    const traced = new Map(open.map((it) => [it, new Map()]));
    const sources = new Map();
    const add = (to, human, key) => {
        const persons = traced.get(to);
        if (!persons || persons.size >= SEVERAL || persons.has(human))
            return false;
        persons.set(human, key);
        return true;
    };
    for (const passage of open) {
        for (const { target } of followed.get(passage) ?? []) {
            const key = 'row' in target ? target.row : target.passage.key;
            if (key && isPerson(key.person))
                add(passage, humanOf(key.person), key.person);
            if (key || 'row' in target)
                continue;
            const list = sources.get(target.passage);
            if (list)
                list.push(passage);
            else
                sources.set(target.passage, [passage]);
        }
    }
    const waiting = open.filter((it) => traced.get(it)?.size);
    for (let passage = waiting.pop(); passage; passage = waiting.pop()) {
        for (const source of sources.get(passage) ?? []) {
            let isNew = false;
            for (const [human, key] of traced.get(passage) ?? [])
                isNew = add(source, human, key) || isNew;
            if (isNew)
                waiting.push(source);
        }
    }
    return traced;
}
/** Human beings out of the pairs of keys that are one: each is called by the least of its keys. */
export function humansOf(pairs) {
    const least = new Map();
    // Every two keys of one human being are a pair.
    for (const [key, other] of pairs) {
        const known = least.get(key) ?? key;
        least.set(key, other < known ? other : known);
    }
    return (key) => least.get(key) ?? key;
}
