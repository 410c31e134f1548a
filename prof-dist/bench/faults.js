import { prepareFaultLoad } from './fault-load.js';
import { judgeOverload, measureOverload } from './fault-overload.js';
import { judgeRestart, measureRestart } from './fault-restart.js';
import { judgeSlowQuery, measureSlowQuery } from './fault-slow-query.js';
import { judgeSlowReaders, measureSlowReaders } from './fault-slow-reader.js';
import { shown } from './figures.rules.js';
import { aligned } from './show-figures.js';
/** The gateway under a load of everything, while one thing after another goes wrong. */
export async function measureFaults(stage, isSmall) {
    const load = await prepareFaultLoad(stage, isSmall);
    try {
        const slowQuery = await measureSlowQuery(stage, load);
        const overload = await measureOverload(stage, load);
        const slowReaders = await measureSlowReaders(stage, load);
        const restart = await measureRestart(stage, load);
        return { restart, slowQuery, overload, slowReaders };
    }
    finally {
        load.close();
    }
}
export function judgeFaults({ restart, slowQuery, overload, slowReaders }) {
    return [
        ...(restart ? judgeRestart(restart) : []),
        ...judgeSlowQuery(slowQuery),
        ...judgeOverload(overload),
        ...judgeSlowReaders(slowReaders),
    ];
}
const HEADINGS = ['', 'done/s', '503/s', 'wrong', 'p50 ms', 'p99', 'p99 of 503'];
/** A table for each fault, condensed, and what there is to say beside. */
export function faultLines({ restart, slowQuery, overload, slowReaders }) {
    return [...(restart ? restartLines(restart) : []), ...slowQueryLines(slowQuery), ...overloadLines(overload), ...readerLines(slowReaders)];
}
function restartLines(it) {
    return [
        '',
        `restart of PostgreSQL, ${it.awaySeconds.toFixed(1)} s away`,
        ...aligned([HEADINGS, row('before', it.before), row('away', it.away), row('after', it.after)]),
        `  by second: ${bySecond(it.seconds)}`,
        `  full rate ${shown(it.secondsUntilFull)} s after it was back; longest wait ${shown(it.longestMs)} ms; of ${it.acknowledged} acknowledged publications ${it.lost} lost, ${it.doubled} twice`,
    ];
}
function slowQueryLines(it) {
    return [
        '',
        `order entry beside ${it.slow} clients that ask for what is locked`,
        ...aligned([HEADINGS, row('without', it.without), row('beside', it.beside)]),
        `  the slow ones: ${it.slowAnswers}`,
    ];
}
function overloadLines(it) {
    return [
        '',
        `overload: ${it.asked.toFixed(0)}/s asked of ${it.capacity.toFixed(0)}/s, ${it.unsent.toFixed(0)}/s for want of a connection not even sent`,
        ...aligned([HEADINGS, row('overload', it.during)]),
        `  by second: ${bySecond(it.seconds)}`,
        `  ${it.answers}; gateway MiB before, at most, after: ${it.memory.map(shown).join(', ')}; full rate ${shown(it.secondsUntilFull)} s after its end`,
    ];
}
function readerLines(it) {
    return [
        '',
        `order entry beside ${it.readers} clients that read a byte a second`,
        ...aligned([HEADINGS, row('without', it.without), row('beside', it.beside)]),
        `  ${it.busySessions} database sessions held; gateway MiB before, beside: ${it.memory.map(shown).join(', ')}; ${it.cutOff} cut off after ${shown(it.cutOffSeconds)} s`,
    ];
}
function row(name, it) {
    return [
        name,
        it.perSecond.toFixed(0),
        it.refusedPerSecond.toFixed(0),
        String(it.wrong),
        shown(it.p50),
        shown(it.p99),
        shown(it.refusedP99),
    ];
}
/** Done a second, with the refusals behind a plus and what is wrong behind an exclamation mark. */
function bySecond(seconds) {
    return seconds
        .map((it) => `${it.perSecond}${it.refusedPerSecond > 0 ? `+${it.refusedPerSecond}` : ''}${it.wrong > 0 ? `!${it.wrong}` : ''}`)
        .join(' ');
}
