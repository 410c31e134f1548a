import { expect, test } from 'vitest';
import { followExaminations } from '../../src/repeats/follow-examinations.ts';
import { savingsBook } from '../../src/savings/post-saving.ts';
import { useGateway } from '../support/gateway.ts';
import { permit, publish } from '../support/recognition.ts';
import { checked, examine, findingsOf, leadsOf, outcomeOf, REVIEWER, recognise, refuse, scene } from '../support/repeats.ts';
import { bloodCount, HGB, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

const entriesOf = async (institution: number) =>
  (
    await gateway.db.$client.query('select kind, item from savings_entries where institution = $1 order by posted_at, kind desc', [
      institution,
    ])
  ).rows;

test('an examination of what was recognisable, without a word, is a lead with what could have been recognised', async () => {
  const it = await scene(gateway);
  const report = await examine(it);

  expect(await outcomeOf(gateway, report)).toBe('unexplained');
  const [lead] = await leadsOf(it.reviewer);
  expect(lead).toMatchObject({ state: 'open', item: 'WBC', report: `DiagnosticReport/${report}`, institution: { uscc: it.receiver.uscc } });
  const shown = await it.reviewer.get(`/v1/leads/${lead?.['id']}`);
  expect(shown.body).toMatchObject({
    reportVersion: 1,
    evidence: {
      isWithheld: false,
      recognisable: {
        report: `DiagnosticReport/${it.prior}/_history/1`,
        source: { uscc: it.source.uscc },
        rulesVersion: 'national-2022.1',
      },
    },
    events: [{ kind: 'opened' }],
  });
});

test('a lead names the check that was left unanswered and who was shown the result', async () => {
  const it = await scene(gateway);
  const id = await checked(it);
  const report = await examine(it);

  expect(await outcomeOf(gateway, report)).toBe('unexplained');
  const [lead] = await leadsOf(it.reviewer);
  expect(lead).toMatchObject({ doctor: { value: 'D-1001', name: '林敏' } });
  expect((await it.reviewer.get(`/v1/leads/${lead?.['id']}`)).body.evidence.check).toMatchObject({
    id,
    isReminded: false,
    shown: [`DiagnosticReport/${it.prior}/_history/1`],
  });
});

test('nothing is found against an institution that could not know: no consent, no prior result, or one that came later', async () => {
  const unconsented = await scene(gateway, { consents: false });
  const withdrawn = await scene(gateway, { consents: false });
  const consent = await permit(withdrawn.receiver, withdrawn.person);
  await withdrawn.receiver.post(`/v1/consents/${consent}/withdrawal`, { reason: '患者要求' });
  const [first, second] = [await examine(unconsented), await examine(withdrawn)];
  await permit(unconsented.receiver, unconsented.person);
  const person = somebody();
  const [early, late] = [await gateway.register(), await gateway.register()];
  await permit(early, person);
  const third = await publish(early, { person, analytes: [WBC], at: new Date() });
  await publish(late, { person, analytes: [WBC] });

  expect([await outcomeOf(gateway, first), await outcomeOf(gateway, second), await outcomeOf(gateway, third)]).toEqual([
    'nothing',
    'nothing',
    'nothing',
  ]);
});

test('a consent that was withdrawn after the examination was in force then', async () => {
  const it = await scene(gateway, { consents: false });
  const consent = await permit(it.receiver, it.person);
  const report = await examine(it);
  await it.receiver.post(`/v1/consents/${consent}/withdrawal`, { reason: '患者要求' });

  expect(await outcomeOf(gateway, report)).toBe('unexplained');
  const [lead] = await leadsOf(it.reviewer);
  const shown = await it.reviewer.get(`/v1/leads/${lead?.['id']}`);
  expect(shown.body.evidence).toEqual({ isWithheld: true });
  expect(shown.text).not.toContain(it.source.uscc);
});

test('what an own check has shown is told whatever became of the consent', async () => {
  const it = await scene(gateway, { consents: false });
  const consent = await permit(it.receiver, it.person);
  await checked(it);
  await examine(it);
  await it.receiver.post(`/v1/consents/${consent}/withdrawal`, { reason: '患者要求' });
  await gateway.app.rounds.runAll();

  const [lead] = await leadsOf(it.reviewer);
  expect((await it.reviewer.get(`/v1/leads/${lead?.['id']}`)).body.evidence).toMatchObject({ isWithheld: false, recognisable: {} });
});

test('the version that stood then counts: one withdrawn or corrected away since, and not one corrected into being', async () => {
  const number = 'R-STOOD-1';
  const it = await scene(gateway, { more: { number } });
  const before = await examine(it);
  await it.source.post('/fhir', bloodCount({ person: it.person, number, analytes: [WBC], status: 'entered-in-error' }));
  const after = await examine(it);

  expect([await outcomeOf(gateway, before), await outcomeOf(gateway, after)]).toEqual(['unexplained', 'nothing']);
});

test('a certificate that was withdrawn since held then', async () => {
  const it = await scene(gateway);
  const report = await examine(it);
  await gateway.db.$client.query(
    `insert into certificate_withdrawals (certificate, withdrawn_from, reason, recorded_at)
     select id, current_date - 365, '造假', now() from certificates where institution = $1 and item = 'WBC'`,
    [it.source.institution],
  );
  const later = await examine(it);

  expect([await outcomeOf(gateway, report), await outcomeOf(gateway, later)]).toEqual(['unexplained', 'nothing']);
});

test('a lawful reason explains, and also one that comes after the report', async () => {
  const [early, late] = [await scene(gateway), await scene(gateway)];
  await refuse(early.receiver, await checked(early));
  const explained = await examine(early);
  const id = await checked(late);
  const report = await examine(late);
  const before = await outcomeOf(gateway, report);
  await refuse(late.receiver, id);

  expect([await outcomeOf(gateway, explained), before, await outcomeOf(gateway, report)]).toEqual([
    'explained',
    'unexplained',
    'explained',
  ]);
  expect(await leadsOf(late.reviewer)).toMatchObject([{ state: 'closed', outcome: 'explained' }]);
  expect(await leadsOf(early.reviewer)).toEqual([]);
});

test('a reason that is taken back explains nothing any more, and the lead opens again', async () => {
  const it = await scene(gateway);
  const { body } = await refuse(it.receiver, await checked(it));
  const report = await examine(it);
  expect(await outcomeOf(gateway, report)).toBe('explained');

  await it.receiver.post(`/v1/recognition-decisions/${body.decisions[0].id}/revocation`, { reason: '误操作' });

  expect(await outcomeOf(gateway, report)).toBe('unexplained');
  expect(await leadsOf(it.reviewer)).toMatchObject([{ state: 'open' }]);
});

test('a recognised result that is examined all the same has its saving reversed, once', async () => {
  const it = await scene(gateway);
  await recognise(it.receiver, await checked(it));
  const report = await examine(it);
  const second = await examine(it);

  expect([await outcomeOf(gateway, report), await outcomeOf(gateway, second)]).toEqual(['repeated', 'repeated']);
  expect(await entriesOf(it.receiver.institution)).toEqual([
    { kind: 'saving', item: 'WBC' },
    { kind: 'reversal', item: 'WBC' },
  ]);
  expect(await leadsOf(it.reviewer)).toEqual([]);
});

test('a recognition that is taken back turns the repeat into a lead', async () => {
  const it = await scene(gateway);
  const { body } = await recognise(it.receiver, await checked(it));
  const report = await examine(it);
  expect(await outcomeOf(gateway, report)).toBe('repeated');

  await it.receiver.post(`/v1/recognition-decisions/${body.decisions[0].id}/revocation`, { reason: '误操作' });

  expect(await outcomeOf(gateway, report)).toBe('unexplained');
  expect(await entriesOf(it.receiver.institution)).toHaveLength(2);
});

test('a withdrawn examination closes its lead; a reversed saving is not posted again', async () => {
  const [unexplained, repeated] = [await scene(gateway), await scene(gateway)];
  const first = await examine(unexplained, { number: 'R-GONE-1' });
  await recognise(repeated.receiver, await checked(repeated));
  const second = await examine(repeated, { number: 'R-GONE-2' });
  await gateway.app.rounds.runAll();

  for (const [{ receiver, person }, number] of [
    [unexplained, 'R-GONE-1'],
    [repeated, 'R-GONE-2'],
  ] as const) {
    await receiver.post('/fhir', bloodCount({ person, number, analytes: [WBC], status: 'entered-in-error', at: new Date() }));
  }

  expect([await outcomeOf(gateway, first), await outcomeOf(gateway, second)]).toEqual(['withdrawn', 'withdrawn']);
  expect(await leadsOf(unexplained.reviewer)).toMatchObject([{ state: 'closed', outcome: 'withdrawn' }]);
  expect(await entriesOf(repeated.receiver.institution)).toHaveLength(2);
});

test('so does one that is deleted, or corrected so that it says another item', async () => {
  const [deleted, corrected] = [await scene(gateway), await scene(gateway)];
  const first = await examine(deleted);
  const second = await examine(corrected, { number: 'R-OTHER-1' });
  await gateway.app.rounds.runAll();

  await deleted.receiver.send('DELETE', `/fhir/DiagnosticReport/${first}`);
  const at = new Date();
  await corrected.receiver.post(
    '/fhir',
    bloodCount({ person: corrected.person, number: 'R-OTHER-1', analytes: [HGB], status: 'corrected', at }),
  );

  expect(await outcomeOf(gateway, first)).toBe('withdrawn');
  expect(await findingsOf(gateway, second)).toMatchObject([
    { item: 'HGB', outcome: 'nothing', version: 2 },
    { item: 'WBC', outcome: 'withdrawn', version: 2 },
  ]);
});

test('what was judged is not judged again: neither rows nor events for the same facts', async () => {
  const it = await scene(gateway);
  const report = await examine(it);
  await gateway.app.rounds.runAll();
  await gateway.db.$client.query("update log_followers set next = 0 where follower = 'repeats'");

  expect(await findingsOf(gateway, report)).toMatchObject([{ round: 1 }]);
  const [lead] = await leadsOf(it.reviewer);
  expect((await it.reviewer.get(`/v1/leads/${lead?.['id']}`, REVIEWER)).body.events).toHaveLength(1);
});

test('no check is kept and no access of the patient is logged by comparing', async () => {
  const it = await scene(gateway);
  await examine(it);
  const count = async () =>
    (await gateway.db.$client.query('select (select count(*) from access_log) as log, (select count(*) from recognition_checks) as checks'))
      .rows;
  const before = await count();

  await gateway.app.rounds.runAll();

  expect(await count()).toEqual(before);
  expect(followExaminations(savingsBook).name).toBe('repeats');
});
