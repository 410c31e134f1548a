import { readdirSync, readFileSync } from 'node:fs';
/** `/proc` counts in hundredths of a second (USER_HZ), on every Linux of today. */
const TICKS_PER_SECOND = 100;
/**
 * Processor time in seconds that a process and everything below it has used so far; `undefined` where the system has no `/proc`. Exact to
 * a hundredth of a second, so that it is for intervals of a second and more.
 */
export function processorSeconds(root) {
    const table = processTable();
    if (!table?.has(root))
        return undefined;
    let sum = 0;
    const waiting = [root];
    for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
        sum += table.get(pid)?.seconds ?? 0;
        for (const [child, { parent }] of table)
            if (parent === pid)
                waiting.push(child);
    }
    return sum;
}
/** What the whole machine did so far; `undefined` where the system has no `/proc`. */
export function machineTime() {
    const line = textOf('/proc/stat')?.split('\n')[0];
    if (line === undefined)
        return undefined;
    const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, interrupts = 0, softInterrupts = 0, stolen = 0] = line
        .trim()
        .split(/\s+/)
        .slice(1)
        .map((it) => Number(it) / TICKS_PER_SECOND);
    return { busy: user + nice + system + interrupts + softInterrupts + stolen, idle: idle + waiting, stolen };
}
/** Memory of a process that is in RAM, in MiB; `undefined` where the system has no `/proc`. */
export function residentMiB(pid) {
    const kib = /^VmRSS:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/status`) ?? '')?.[1];
    return kib === undefined ? undefined : Number(kib) / 1_024;
}
/** The process that started this one, if it bears the name; how the postmaster is found from one of its sessions. */
export function parentNamed(pid, name) {
    const process = readProcess(pid);
    return process?.name === name ? process.parent : undefined;
}
function processTable() {
    try {
        const pids = readdirSync('/proc').filter((it) => /^\d+$/.test(it));
        return new Map(pids.flatMap((it) => {
            const process = readProcess(Number(it));
            return process ? [[Number(it), process]] : [];
        }));
    }
    catch {
        return undefined;
    }
}
/** `/proc/[pid]/stat`, proc(5): the name stands in brackets and may hold brackets itself. */
function readProcess(pid) {
    const text = textOf(`/proc/${pid}/stat`);
    if (text === undefined)
        return undefined;
    const end = text.lastIndexOf(')');
    const fields = text.slice(end + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    return { name: text.slice(text.indexOf('(') + 1, end), parent: Number(fields[1]), seconds: ticks / TICKS_PER_SECOND };
}
function textOf(path) {
    try {
        return readFileSync(path, 'utf8');
    }
    catch {
        return undefined;
    }
}
