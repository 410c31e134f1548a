import { readdirSync, readFileSync } from 'node:fs';

/** `/proc` counts in hundredths of a second (USER_HZ), on every Linux of today. */
const TICKS_PER_SECOND = 100;

interface Process {
  readonly name: string;
  readonly parent: number;
  /** User and system time in seconds, with that of its ended children. */
  readonly seconds: number;
}

/**
 * Processor time in seconds that a process and everything below it has used so far; `undefined` where the system has no `/proc`. Exact to
 * a hundredth of a second, so that it is for intervals of a second and more.
 */
export function processorSeconds(root: number): number | undefined {
  const table = processTable();
  if (!table?.has(root)) return undefined;
  let sum = 0;
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    sum += table.get(pid)?.seconds ?? 0;
    for (const [child, { parent }] of table) if (parent === pid) waiting.push(child);
  }
  return sum;
}

/** Processor time in seconds of the whole machine since it was started. */
export interface MachineTime {
  readonly busy: number;
  readonly idle: number;
  /** Of `busy`, what other machines on the same host took from it. */
  readonly stolen: number;
}

/** What the whole machine did so far; `undefined` where the system has no `/proc`. */
export function machineTime(): MachineTime | undefined {
  const line = textOf('/proc/stat')?.split('\n')[0];
  if (line === undefined) return undefined;
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, interrupts = 0, softInterrupts = 0, stolen = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map((it) => Number(it) / TICKS_PER_SECOND);
  return { busy: user + nice + system + interrupts + softInterrupts + stolen, idle: idle + waiting, stolen };
}

/** Memory of a process that is in RAM, in MiB; `undefined` where the system has no `/proc`. */
export function residentMiB(pid: number): number | undefined {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/status`) ?? '')?.[1];
  return kib === undefined ? undefined : Number(kib) / 1_024;
}

/** The process that started this one, if it bears the name; how the postmaster is found from one of its sessions. */
export function parentNamed(pid: number, name: string): number | undefined {
  const process = readProcess(pid);
  return process?.name === name ? process.parent : undefined;
}

function processTable(): ReadonlyMap<number, Process> | undefined {
  try {
    const pids = readdirSync('/proc').filter((it) => /^\d+$/.test(it));
    return new Map(
      pids.flatMap((it) => {
        const process = readProcess(Number(it));
        return process ? [[Number(it), process] as const] : [];
      }),
    );
  } catch {
    return undefined;
  }
}

/** `/proc/[pid]/stat`, proc(5): the name stands in brackets and may hold brackets itself. */
function readProcess(pid: number): Process | undefined {
  const text = textOf(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const end = text.lastIndexOf(')');
  const fields = text.slice(end + 2).split(' ');
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
  return { name: text.slice(text.indexOf('(') + 1, end), parent: Number(fields[1]), seconds: ticks / TICKS_PER_SECOND };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
