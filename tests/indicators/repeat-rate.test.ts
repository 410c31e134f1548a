import { expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { countIndicators } from '../support/indicators.ts';
import { permit, publish } from '../support/recognition.ts';
import { HGB, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();
const HOUR_MS = 3_600_000;

test('a repeat that nobody gave a reason for is one of all examinations, at the receiver and at the source', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const [person, stranger] = [somebody(), somebody()];
  await publish(source, { person, analytes: [WBC], at: new Date(Date.now() - HOUR_MS) });
  await permit(receiver, person);
  // The white cells repeat what could have been recognised; the haemoglobin, and the stranger's cells, do not.
  const report = await publish(receiver, { person, analytes: [WBC, HGB], at: new Date() });
  await publish(receiver, { person: stranger, analytes: [WBC], at: new Date() });
  await countIndicators(gateway.app);

  const { total, groups } = (await receiver.get('/v1/indicators?by=item')).body;
  expect(total.itemTimes).toMatchObject({ examinations: 3, repeats: 1, ofExaminations: 0.3333 });
  expect(total.personTimes).toMatchObject({ examinations: 2, repeats: 1, ofExaminations: 0.5 });
  const ofItem = (item: string) => groups.find((it: { item: string }) => it.item === item)?.itemTimes;
  expect(ofItem('WBC')).toMatchObject({ examinations: 2, repeats: 1, ofExaminations: 0.5, lookUps: 0 });
  expect(ofItem('HGB')).toMatchObject({ examinations: 1, repeats: 0, ofExaminations: 0 });
  const atSource = (await source.get('/v1/indicators?side=source&by=item,month')).body;
  expect(atSource.total.itemTimes).toMatchObject({ examinations: 1, repeats: 1, ofExaminations: 1 });
  expect(atSource.groups).toHaveLength(1);
  expect((await receiver.get('/v1/indicators?by=department')).body.total.itemTimes).not.toHaveProperty('examinations');

  // The report is withdrawn: late, and in another version.
  const withdrawn = await receiver.get(`/fhir/DiagnosticReport/${report}`);
  const resource = { ...JSON.parse(withdrawn.text), status: 'entered-in-error' };
  expect((await receiver.put(`/fhir/DiagnosticReport/${report}`, resource)).status).toBe(200);
  await countIndicators(gateway.app);

  expect((await receiver.get('/v1/indicators')).body.total.itemTimes).toMatchObject({ examinations: 1, repeats: 0 });
});
