import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Span, spanOf } from './fault-figures.rules.ts';
import { type FaultLoad, ORDER_ENTRY } from './fault-load.ts';
import { fillAccessLog } from './fill-access-log.ts';
import { residentMiB } from './processor-time.ts';
import type { Stage } from './stage.ts';
import type { Judged } from './targets.rules.ts';

/** Clients that take a byte a second of large answers. */
export interface SlowReaderFigures {
  readonly readers: number;
  /** Sessions of the gateway in an open transaction while nobody else asks: the fewest of several looks, since its own rounds have one now and then. */
  readonly busySessions: number;
  readonly without: Span;
  readonly beside: Span;
  /** MiB of the gateway before and beside them. */
  readonly memory: readonly (number | undefined)[];
  /** How many the gateway has cut off when the patience is over, and after how many seconds the last one. */
  readonly cutOff: number;
  readonly cutOffSeconds: number;
}

const READERS = 50;
const ENTRIES = 60_000;
const SECONDS = 5;
/** Of the gateway that is measured: the default is longer than a run should take. */
const SEND_SECONDS = '5';
const PATIENCE_SECONDS = 60;
const GROWTH_MAX_MIB = 300;
const BESIDE_MIN = 0.8;

export async function measureSlowReaders(stage: Stage, load: FaultLoad): Promise<SlowReaderFigures> {
  const { clients, say } = stage;
  say(`slow readers: ${READERS} clients take one byte a second of the whole access log`);
  await fillAccessLog(stage.database.session, ENTRIES);
  const gateway = await stage.startGateway({ SEND_TIMEOUT_SECONDS: SEND_SECONDS, PUBLIC_URL: stage.gateway.url });
  const there = { ...stage, gateway };
  try {
    const without = await rate(there, load, clients);
    const before = residentMiB(gateway.pid);
    const startedAt = performance.now();
    const readers = await Promise.all(Array.from({ length: READERS }, () => openSlowReader(there)));
    await sleep(2_000);
    let busySessions = Number.POSITIVE_INFINITY;
    for (let look = 0; look < 20; look++, await sleep(100)) busySessions = Math.min(busySessions, await countBusy(stage));
    const beside = await rate(there, load, clients);
    const during = residentMiB(gateway.pid);
    while (readers.some((it) => !it.isCutOff()) && performance.now() - startedAt < PATIENCE_SECONDS * 1_000) await sleep(100);
    const cutOffSeconds = (performance.now() - startedAt) / 1_000;
    const cutOff = readers.filter((it) => it.isCutOff()).length;
    for (const it of readers) it.close();
    return { readers: READERS, busySessions, without, beside, memory: [before, during], cutOff, cutOffSeconds };
  } finally {
    await gateway.stop();
  }
}

async function rate(stage: Stage, load: FaultLoad, clients: number): Promise<Span> {
  const asking = load.keepAsking(clients, ORDER_ENTRY, stage.gateway);
  await sleep(500);
  const from = performance.now();
  await sleep(SECONDS * 1_000);
  const until = performance.now();
  return spanOf(await asking.stop(), from, until);
}

async function openSlowReader(stage: Stage) {
  const { hostname, port } = new URL(stage.gateway.url);
  const socket = net.connect({ host: hostname, port: Number(port), readableHighWaterMark: 1 } as net.TcpNetConnectOpts);
  let cut = false;
  socket
    .on('error', () => undefined)
    .on('close', () => {
      cut = true;
    });
  await once(socket, 'connect');
  socket.pause();
  const token = await stage.asking.token();
  socket.write(`GET /v1/access-log HTTP/1.1\r\nhost: x\r\naccept: application/x-ndjson\r\nauthorization: Bearer ${token}\r\n\r\n`);
  const sip = setInterval(() => socket.read(1), 1_000);
  return {
    // A socket that is not read tells of its end only when it is written to; it is known at the next look.
    isCutOff: () => {
      if (!cut) socket.write('\n');
      return cut;
    },
    close: () => {
      clearInterval(sip);
      socket.destroy();
    },
  };
}

async function countBusy({ database }: Stage): Promise<number> {
  const { rows } = await database.session.query<{ busy: string }>(
    `select count(*) as busy from pg_stat_activity
      where datname = current_database() and application_name = 'tongjian' and state like 'idle in transaction%'`,
  );
  return Number(rows[0]?.busy);
}

export function judgeSlowReaders({ readers, busySessions, without, beside, memory, cutOff }: SlowReaderFigures): readonly Judged[] {
  const [before = Number.NaN, during = Number.NaN] = memory;
  return [
    { what: 'slow readers: database sessions they hold', value: busySessions, most: 0 },
    { what: 'slow readers: of the rate of order entry without', value: beside.perSecond / without.perSecond, least: BESIDE_MIN },
    { what: 'slow readers: MiB of the gateway more than before', value: during - before, most: GROWTH_MAX_MIB },
    { what: 'slow readers: cut off', value: cutOff, least: readers },
  ];
}
