import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { checked, examine, leadsOf, REVIEWER, scene } from '../support/repeats.ts';
import { WBC } from '../support/reports.ts';
import { correct } from './corrections.ts';

const gateway = useGateway();

const HIGH = { ...WBC, value: '16.10' };
const follow = () => gateway.app.rounds.runAll();

test('who followed a lead up has read neither of its reports: only who was shown a result is told of its correction', async () => {
  const priorAt = new Date(Date.now() - 3_600_000);
  const [number, priorNumber] = [randomUUID(), randomUUID()];
  const it = await scene(gateway, { more: { number: priorNumber, at: priorAt } });
  await checked(it);
  const at = new Date();
  const report = await examine(it, { number, at });
  await follow();
  const [lead] = await leadsOf(it.reviewer);
  const bureau = await gateway.register({ level: null });
  const commission = await gateway.clientOf(bureau.institution, bureau.uscc, ['audit.read', 'leads.review']);
  const opened = await commission.get(`/v1/leads/${lead?.id}`);
  expect(opened.body).toMatchObject({ report: `DiagnosticReport/${report}`, evidence: { recognisable: { report: expect.any(String) } } });
  expect((await commission.send('POST', `/v1/leads/${lead?.id}/review`, undefined, REVIEWER)).status).toBe(201);
  const outcome = { outcome: 'unjustified', text: '无理由重复' };
  for (const status of [201, 200]) {
    expect((await commission.send('POST', `/v1/leads/${lead?.id}/outcome`, outcome, REVIEWER)).status).toBe(status);
  }
  await permit(it.source, it.person);
  expect((await it.source.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(200);

  await correct({ source: it.receiver, person: it.person, number, at, report }, [HIGH]);
  await correct({ source: it.source, person: it.person, number: priorNumber, at: priorAt, report: it.prior }, [HIGH]);
  await follow();

  const { rows } = await gateway.db.$client.query('select institution, publisher from recalls order by publisher');
  expect(rows).toEqual(
    [
      { institution: it.receiver.institution, publisher: it.source.institution },
      { institution: it.source.institution, publisher: it.receiver.institution },
    ].toSorted((a, b) => a.publisher - b.publisher),
  );
});
