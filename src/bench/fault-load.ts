import { setTimeout as sleep } from 'node:timers/promises';
import type { Answered } from './fault-figures.rules.ts';
import type { Request } from './http-connection.ts';
import { makeLookupPeople } from './lookup.ts';
import { FIRST_PERSONS, numbersFrom } from './people.ts';
import { bundleText, HOSPITALS, laboratoryReport, type Publication } from './publication.ts';
import { publishPatients } from './publish-through.ts';
import { GatewayClient, type Hospital, openWays, type Stage } from './stage.ts';
import type { Program } from './start-program.ts';

export type Kind = 'publish' | 'read' | 'search' | 'check';

/** What a doctor with a patient waits for. */
export const ORDER_ENTRY: readonly Kind[] = ['read', 'search', 'check'];

interface Piece {
  readonly kind: Kind;
  readonly hospital: Hospital;
  readonly request: Request;
  readonly publication?: Publication;
}

/** What one does who is told to come again later: a little, so that the end of a fault is not missed. */
const PAUSE_MS = 50;
const PERSONS = { few: 5, many: 30 } as const;
const REPORTS_OF_RUN = 1_000_000;

/** A day of the exchange in small: reports are published, read and searched, and checks made, in turn. */
export interface FaultLoad {
  /** Asks for the next piece of work; never rejects. */
  ask(client: GatewayClient, kinds?: readonly Kind[]): Promise<Answered>;
  /** Asks from so many sides, each over a connection of its own, until it is told to stop; answers everything that came. */
  keepAsking(clients: number, kinds?: readonly Kind[], gateway?: Program): { stop(): Promise<readonly Answered[]> };
  /** The publications that were answered with success. */
  readonly acknowledged: readonly Publication[];
  close(): void;
}

const ALL_KINDS: readonly Kind[] = ['read', 'search', 'check', 'read', 'publish', 'read', 'search', 'check'];

/** Makes the persons whom the load is about. */
export async function prepareFaultLoad(stage: Stage, isSmall: boolean): Promise<FaultLoad> {
  const ways = openWays(stage);
  const count = isSmall ? PERSONS.few : PERSONS.many;
  const people = await makeLookupPeople(stage, ways, count);
  const numbers = numbersFrom(FIRST_PERSONS.publish, count);
  for (const [index, hospital] of stage.hospitals.entries()) {
    await publishPatients(
      ways.client,
      hospital,
      numbers.filter((it) => it % HOSPITALS === index),
    );
  }
  const acknowledged: Publication[] = [];
  let turn = 0;
  const nextPiece = (kinds: readonly Kind[]): Piece => {
    const number = turn++;
    const kind = kinds[number % kinds.length] as Kind;
    const person = people[(number * 7) % people.length];
    if (!person) throw new Error('there is nobody to ask about');
    switch (kind) {
      case 'publish': {
        const publication = laboratoryReport(REPORTS_OF_RUN + number, numbers[number % count] ?? 0);
        const request: Request = { method: 'POST', path: '/fhir', body: bundleText(publication) };
        return { kind, hospital: stage.hospitals[publication.hospital] as Hospital, request, publication };
      }
      case 'read':
        return { kind, hospital: person.publisher, request: { path: `/fhir/${person.reports[number % person.reports.length]}` } };
      case 'search': {
        const path = `/fhir/DiagnosticReport?patient=${person.patient}&category=LAB&_sort=-date&_count=20`;
        return { kind, hospital: person.publisher, request: { path } };
      }
      case 'check': {
        const body = JSON.stringify({
          patient: { id: person.askersPatient },
          setting: 'outpatient',
          trigger: 'order-entry',
          items: ['GLU'],
        });
        return { kind, hospital: stage.asking, request: { method: 'POST', path: '/v1/recognition-checks', body } };
      }
    }
  };
  const ask = async (client: GatewayClient, kinds: readonly Kind[] = ALL_KINDS): Promise<Answered> => {
    const piece = nextPiece(kinds);
    const answered = await answeredBy(client, piece.hospital, piece.request);
    if (piece.publication && answered.status === 200) acknowledged.push(piece.publication);
    return answered;
  };
  return {
    ask,
    acknowledged,
    keepAsking: (clients, kinds = ALL_KINDS, gateway = stage.gateway) => keepOn(clients, gateway, PAUSE_MS, (client) => ask(client, kinds)),
    close: () => ways.close(),
  };
}

/** What comes of one request, whatever it is; never rejects. */
export async function answeredBy(client: GatewayClient, hospital: Hospital, request: Request): Promise<Answered> {
  const askedAt = performance.now();
  const { status, saysWhen } = await client.ask(hospital, request).then(
    (it) => ({ status: it.status, saysWhen: it.headers['retry-after'] !== undefined }),
    () => ({ status: 0, saysWhen: false }),
  );
  return { askedAt, answeredAt: performance.now(), status, saysWhen };
}

/** Asks from so many sides, each over a connection of its own, until it is told to stop; a side that is refused pauses for so long. */
export function keepOn(
  clients: number,
  gateway: Program,
  pauseMs: number,
  once: (client: GatewayClient) => Promise<Answered>,
): { stop(): Promise<readonly Answered[]> } {
  const answers: Answered[] = [];
  const client = new GatewayClient({ gateway, clients });
  let isOver = false;
  const side = async () => {
    while (!isOver) {
      const answered = await once(client);
      answers.push(answered);
      if (answered.status >= 400 || answered.status === 0) await sleep(pauseMs);
    }
  };
  const sides = Array.from({ length: clients }, side);
  return {
    stop: async () => {
      isOver = true;
      await Promise.all(sides);
      client.close();
      return answers;
    },
  };
}
