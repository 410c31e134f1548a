import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { referenceTo } from '../support/bundles.ts';
import { type Connection, connect, listen, type NetworkAnswer } from '../support/connections.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { bloodCount, ID_CARD, type Person, somebody } from '../support/reports.ts';

const gateway = useGateway();

const LOOKERS = 50;

const open: Connection[] = [];
afterEach(() => {
  for (const it of open.splice(0)) it.close();
});

/** A published report, a reader with the patient's consent, and every way to look at it, each with the answer of somebody without consent. */
async function consented() {
  const [source, reader] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const { body } = await source.post('/fhir', bloodCount({ person, number: randomUUID() }));
  const consent = await permit(reader, person);
  return { reader, person, consent, report: referenceTo(body, 'DiagnosticReport'), patient: referenceTo(body, 'Patient') };
}

interface Way {
  readonly name: string;
  look(connection: Connection, about: { report: string; patient: string; person: Person }): Promise<NetworkAnswer>;
  /** What the answer shows: something, or that there is no consent. */
  shows(answer: NetworkAnswer): boolean;
}

const WAYS: readonly Way[] = [
  {
    name: 'prior results',
    look: (connection, { patient }) => connection.send('GET', `/fhir/${patient}/$prior-results`),
    shows: ({ status }) => status === 200,
  },
  {
    name: 'a read by id',
    look: (connection, { report }) => connection.send('GET', `/fhir/${report}`),
    shows: ({ status }) => status === 200,
  },
  {
    name: 'a search',
    look: (connection, { patient }) => connection.send('GET', `/fhir/DiagnosticReport?patient=${patient}`),
    shows: ({ text }) => text.includes('"entry"'),
  },
  {
    name: 'a check',
    look: (connection, { person }) =>
      connection.send(
        'POST',
        '/v1/recognition-checks',
        JSON.stringify({
          patient: { identifier: { system: ID_CARD, value: person.idCard } },
          encounter: 'E-1',
          setting: 'outpatient',
          trigger: 'order-entry',
          items: ['WBC'],
        }),
      ),
    shows: ({ status, text }) => {
      if (status !== 201) throw new Error(text);
      return !text.includes('consent-required');
    },
  },
];

test.for(WAYS)(
  'a consent withdrawn while fifty look: whoever begins after the answer to the withdrawal sees nothing ($name)',
  async (way) => {
    const about = await consented();
    const connections = await connect(await listen(gateway.app), about.reader.token, LOOKERS);
    open.push(...connections);

    let withdrawnAt: number | undefined;
    const looks: { begunAt: number; shown: boolean }[] = [];
    const looker = async (connection: Connection): Promise<void> => {
      for (let after = 0; after < 2; ) {
        const begunAt = performance.now();
        if (withdrawnAt !== undefined) after += 1;
        const answer = await way.look(connection, about);
        looks.push({ begunAt, shown: way.shows(answer) });
      }
    };
    const withdraw = async (system: CallingSystem): Promise<void> => {
      while (looks.length < LOOKERS) await new Promise((resolve) => setTimeout(resolve, 5));
      const answer = await system.post(`/v1/consents/${about.consent}/withdrawal`, {});
      expect(answer.status).toBe(200);
      withdrawnAt = performance.now();
    };
    await Promise.all([...connections.map(looker), withdraw(about.reader)]);

    const after = looks.filter((it) => it.begunAt >= (withdrawnAt ?? 0));
    expect(looks.some((it) => it.shown)).toBe(true);
    expect(after.length).toBeGreaterThanOrEqual(LOOKERS);
    expect(after.filter((it) => it.shown)).toEqual([]);
  },
);

test('a denial given while others look holds for whoever begins after it', async () => {
  const about = await consented();
  const connections = await connect(await listen(gateway.app), about.reader.token, 10);
  open.push(...connections);
  const way = WAYS[0] as Way;
  const looking = Promise.all(connections.map((it) => way.look(it, about)));

  await permit(about.reader, about.person, { decision: 'deny' });
  const after = await Promise.all(connections.map((it) => way.look(it, about)));

  await looking;
  expect(after.map((it) => it.status)).toEqual(after.map(() => 403));
});
