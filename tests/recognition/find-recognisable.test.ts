import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { findExaminedItems, findRecognisable } from '../../src/recognition/find-recognisable.ts';
import { useGateway } from '../support/gateway.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { bloodCount, HGB, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();
const LOINC = 'http://loinc.org';

const personOf = (report: string) => BigInt(`0x${report.slice(0, 16)}`);

async function then(institution: number, report: string, at: Date, except?: string) {
  const { catalogue } = await findExaminedItems(gateway.db, institution, [`${LOINC}|6690-2`, `${LOINC}|718-7`], at);
  const key = except === undefined ? undefined : { person: personOf(except), id: BigInt(`0x${except.slice(16)}`) };
  const answer = await findRecognisable(gateway.db, { institution, person: personOf(report), at, catalogue, except: key });
  return Object.fromEntries(
    [...answer.verdicts].map(([code, it]) => [
      code,
      { verdict: it.verdict, report: it.best?.candidate.report, version: it.best?.candidate.result.report.version },
    ]),
  );
}

/** A moment that nothing else happens in. */
async function moment(): Promise<Date> {
  await new Promise((resolve) => setTimeout(resolve, 3));
  const now = new Date();
  await new Promise((resolve) => setTimeout(resolve, 3));
  return now;
}

test('looking back to now says what a check says now', async () => {
  const [high, low, receiver] = [await gateway.register(), await gateway.register({ certified: false }), await gateway.register()];
  const person = somebody();
  const report = await publish(high, { person, analytes: [WBC] });
  await publish(low, { person, analytes: [HGB] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['WBC', 'HGB']);
  const back = await then(receiver.institution, report, await moment());

  const asked = Object.fromEntries(
    body.items.map((it: { item: string; verdict: string; candidate: { report: string; reportVersion: number } }) => [
      it.item,
      { verdict: it.verdict, report: it.candidate.report, version: it.candidate.reportVersion },
    ]),
  );
  expect(back).toEqual(asked);
  expect(back).toMatchObject({ WBC: { verdict: 'recognisable' }, HGB: { verdict: 'reference-only' } });
});

test('every moment has its own answer: version, consent, deletion', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const number = randomUUID();
  const beginning = await moment();
  const report = await publish(source, { person, number, analytes: [WBC] });
  const published = await moment();
  const consent = await permit(receiver, person);
  const permitted = await moment();
  await source.post('/fhir', bloodCount({ person, number, analytes: [WBC, HGB], status: 'corrected' }));
  const corrected = await moment();
  await receiver.post(`/v1/consents/${consent}/withdrawal`, { reason: '患者要求' });
  const withdrawn = await moment();
  await permit(receiver, person, { categories: ['laboratory'] });
  const again = await moment();
  await source.send('DELETE', `/fhir/DiagnosticReport/${report}`);
  const deleted = await moment();

  const at = (when: Date) => then(receiver.institution, report, when);
  const wbc = (version: number) => ({ verdict: 'recognisable', report: `DiagnosticReport/${report}`, version });
  expect(await at(beginning)).toEqual({});
  expect(await at(published)).toEqual({});
  expect(await at(permitted)).toMatchObject({ WBC: wbc(1), HGB: { verdict: 'none' } });
  expect(await at(corrected)).toMatchObject({ WBC: wbc(2), HGB: wbc(2) });
  expect(await at(withdrawn)).toEqual({});
  expect(await at(again)).toMatchObject({ WBC: wbc(2), HGB: wbc(2) });
  expect(await at(deleted)).toMatchObject({ WBC: { verdict: 'none' } });
});

test('the very moment of publication counts, the millisecond before does not', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await permit(receiver, person);
  await moment();
  const report = await publish(source, { person, analytes: [WBC] });
  const { rows } = await gateway.db.$client.query('select recorded_at as at from resource_versions where person = $1 and id = $2', [
    personOf(report),
    BigInt(`0x${report.slice(16)}`),
  ]);
  const at = rows[0].at as Date;

  expect(await then(receiver.institution, report, at)).toMatchObject({ WBC: { verdict: 'recognisable' } });
  expect(await then(receiver.institution, report, new Date(at.getTime() - 1))).toEqual({});
});

test('what a denial withheld then, a label withholds now, is as if it were not there', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const report = await publish(source, { person, analytes: [WBC] });
  await permit(receiver, person);
  await receiver.post('/v1/consents', {
    patient: { identifier: { system: 'urn:oid:2.16.156.10011.1.3', value: person.idCard } },
    decision: 'deny',
    grantee: { uscc: receiver.uscc },
    method: 'on-site-id-card',
  });

  expect(await then(receiver.institution, report, await moment())).toEqual({});
});

test('the report looked past is not among what there was', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const report = await publish(source, { person, analytes: [WBC] });
  await permit(receiver, person);
  const now = await moment();

  expect(await then(receiver.institution, report, now, report)).toEqual({});
});
