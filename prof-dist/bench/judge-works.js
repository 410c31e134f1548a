import { shown } from './figures.rules.js';
import { ratioOf } from './show-figures.js';
import { isMet, MORE_CLIENTS_MIN, RATIO_MIN, SPREAD_CLIENTS_MAX, SPREAD_MAX } from './targets.rules.js';
/**
 * Holds the figures against what is aimed at: each work beside its first reference, its slowest answers beside the usual ones, and what many
 * clients get done beside what the fewest do.
 */
export function judgeWorks(works) {
    return works.flatMap((work) => {
        const { name, clients, subjects } = work;
        const [ours, reference] = subjects;
        if (!ours)
            return [];
        const what = `${name}, ${clients} clients`;
        const least = RATIO_MIN[name];
        const fewest = fewestClients(works, name);
        return [
            ...(reference && least !== undefined ? [{ what: `${what}: of the ${reference.name}`, value: ratioOf(ours, reference), least }] : []),
            ...(clients <= SPREAD_CLIENTS_MAX ? [{ what: `${what}: p99 by p50`, value: ours.p99 / ours.p50, most: SPREAD_MAX }] : []),
            ...(fewest && fewest.clients < clients
                ? [{ what: `${what}: of what ${fewest.clients} do`, value: shareOf(work, fewest), least: MORE_CLIENTS_MIN }]
                : []),
        ];
    });
}
/** One line for each, met or not. */
export function judgedLines(judged) {
    const missed = judged.filter((it) => !isMet(it));
    return [
        `${judged.length - missed.length} of ${judged.length} targets met${missed.length === 0 ? '' : '; not met:'}`,
        ...missed.map((it) => `  ${it.what} ${shown(it.value)}, target ${boundOf(it)}`),
    ];
}
function boundOf({ least, most }) {
    return least === undefined ? `≤ ${most}` : `≥ ${least}`;
}
function fewestClients(works, name) {
    return works.filter((it) => it.name === name).toSorted((a, b) => a.clients - b.clients)[0];
}
function shareOf(work, other) {
    return (work.subjects[0]?.perSecond ?? Number.NaN) / (other.subjects[0]?.perSecond ?? Number.NaN);
}
