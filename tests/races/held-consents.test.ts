import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { type Connection, connect, listen } from '../support/connections.ts';
import { useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { bloodCount, ID_CARD, somebody } from '../support/reports.ts';

const gateway = useGateway();

const CHECKERS = 50;
/** Moments of the withdrawals, in milliseconds after the first check, from a seed that stays. */
const MOMENTS = Array.from({ length: 6 }, (_, round) => (round * 7919 + 13) % 97);

const open: Connection[] = [];
afterEach(() => {
  for (const it of open.splice(0)) it.close();
});

test('a consent withdrawn while fifty checks run: every answer after that of the withdrawal says consent-required', async () => {
  const [source, reader] = [await gateway.register(), await gateway.register()];
  const port = await listen(gateway.app);
  const connections = await connect(port, reader.token, CHECKERS);
  const [withdrawing] = await connect(port, reader.token, 1);
  open.push(...connections, ...(withdrawing ? [withdrawing] : []));

  let shown = 0;
  for (const moment of MOMENTS) {
    const person = somebody();
    await source.post('/fhir', bloodCount({ person, number: randomUUID() }));
    const consent = await permit(reader, person);
    const patient = { identifier: { system: ID_CARD, value: person.idCard } };
    const body = JSON.stringify({ patient, setting: 'outpatient', trigger: 'order-entry', items: ['WBC'] });

    let isWithdrawn = false;
    const answers: { after: boolean; text: string }[] = [];
    const checker = async (connection: Connection): Promise<void> => {
      for (let after = 0; after < 2; ) {
        if (isWithdrawn) after += 1;
        const { status, text } = await connection.send('POST', '/v1/recognition-checks', body);
        expect(status, text).toBe(201);
        // What counts is when the answer comes, not when it was asked for.
        answers.push({ after: isWithdrawn, text });
      }
    };
    const withdraw = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, moment));
      const answer = await withdrawing?.send('POST', `/v1/consents/${consent}/withdrawal`, '{}');
      isWithdrawn = true;
      expect(answer?.status).toBe(200);
    };
    await Promise.all([...connections.map(checker), withdraw()]);

    const late = answers.filter((it) => it.after);
    expect(late.length).toBeGreaterThanOrEqual(CHECKERS);
    expect(late.filter((it) => !it.text.includes('"consent-required"'))).toEqual([]);
    shown += answers.length - late.length;
  }
  expect(shown).toBeGreaterThan(0);
}, 120_000);
