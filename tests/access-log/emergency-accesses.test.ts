import { describe, expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { publish } from '../support/recognition.ts';
import { ID_CARD, type Person, somebody } from '../support/reports.ts';

const gateway = useGateway();

const EMERGENCY = { 'x-purpose-of-use': 'BTG', 'x-break-glass-reason': encodeURIComponent('昏迷，无法沟通') };
const CHEN = { 'x-acting-practitioner': `urn:oid:2.16.156.10011.1.4|D-2001, ${encodeURIComponent('陈静')}` };
const JUSTIFIED = { outcome: 'justified', text: '急诊病历与理由相符' };
const cardOf = (person: Person): string => encodeURIComponent(`${ID_CARD}|${person.idCard}`);

/** A clinician of a hospital breaks the glass to read a report of another one; both reviewers stand ready. */
async function story() {
  const [source, hospital] = [await gateway.register(), await gateway.register()];
  const auditor = await gateway.register({ scopes: ['audit.read', 'audit.review', 'system/AuditEvent.rs'] });
  const reviewer = await gateway.clientOf(hospital.institution, hospital.uscc, ['audit.review', 'system/AuditEvent.rs']);
  const person = somebody();
  const report = await publish(source, { person });
  expect((await hospital.get(`/fhir/DiagnosticReport/${report}`, EMERGENCY)).status).toBe(200);
  const [access] = await listOf(reviewer);
  return { source, hospital, auditor, reviewer, person, report, access };
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into the entries' members.
async function listOf(reader: CallingSystem, query = ''): Promise<any[]> {
  const answer = await reader.get(`/v1/emergency-accesses?${query}`);
  expect(answer.status).toBe(200);
  return answer.body.accesses;
}

const review = (reader: CallingSystem, id: string, body: object = JUSTIFIED, who: Record<string, string> = CHEN) =>
  reader.post(`/v1/emergency-accesses/${id}/review`, body, who);

describe('the list', () => {
  test('has every emergency look of the own institution, with its reason and how long it waits', async () => {
    const { source, hospital, reviewer, report, access } = await story();

    expect(access).toMatchObject({
      state: 'open',
      waitingDays: 0,
      interaction: 'readResource',
      purpose: 'BTG',
      reason: '昏迷，无法沟通',
      practitioner: { value: 'D-1001', name: '林敏' },
      institution: { uscc: hospital.uscc },
      entities: [`DiagnosticReport/${report}/_history/1`],
    });
    expect(await listOf(reviewer)).toHaveLength(1);
    const elsewhere = await gateway.clientOf(source.institution, source.uscc, ['audit.review']);
    expect(await listOf(elsewhere)).toEqual([]);
    expect((await elsewhere.get(`/v1/emergency-accesses?institution=${hospital.uscc}`)).status).toBe(403);
  });

  test('is every institution’s for the auditor of the region, the longest waiting first, and pages lead through all of it', async () => {
    const { hospital, auditor, report } = await story();
    for (let index = 0; index < 4; index++) await hospital.get(`/fhir/DiagnosticReport/${report}`, EMERGENCY);
    const query = `institution=${hospital.uscc}&limit=2`;

    const seen: { id: string; recordedAt: string }[] = [];
    let page = await auditor.get(`/v1/emergency-accesses?${query}`);
    for (seen.push(...page.body.accesses); page.body.next; seen.push(...page.body.accesses)) {
      page = await auditor.get(`/v1/emergency-accesses?${query}&cursor=${page.body.next}`);
    }

    expect(new Set(seen.map((it) => it.id)).size).toBe(5);
    expect(seen.map((it) => it.recordedAt)).toEqual(seen.map((it) => it.recordedAt).toSorted());
  });

  test('says how many days an open one has waited, and finds what is overdue', async () => {
    const hospital = await gateway.register();
    const auditor = await gateway.register({ scopes: ['audit.read', 'audit.review'] });
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000 - 60_000);
    for (const days of [0, 3, 9]) {
      await gateway.db.$client.query(
        `insert into access_log (person, recorded_at, id, action, interaction, outcome, institution, purpose, review_due, entities, request_id)
         values (0, $1, $2, 'R', 'readResource', 0, $3, 'BTG', true, '{}', 'r')`,
        [ago(days).toISOString(), hospital.institution * 1_000 + days, hospital.institution],
      );
    }

    const all = await listOf(auditor, `institution=${hospital.uscc}`);
    const overdue = await listOf(auditor, `institution=${hospital.uscc}&state=open&to=${encodeURIComponent(ago(2).toISOString())}`);

    expect(all.map((it) => it.waitingDays)).toEqual([9, 3, 0]);
    expect(overdue.map((it) => it.waitingDays)).toEqual([9, 3]);
  });

  test.for<[string, number]>([
    ['state=open', 0],
    ['state=reviewed', 1],
    ['practitioner=D-1001', 1],
    ['practitioner=D-9999', 0],
    ['to=2020-01-01', 0],
    ['from=2020-01-01', 1],
  ])('narrows by %s to %i', async ([query, count]) => {
    const { reviewer, access } = await story();
    await review(reviewer, access.id);
    expect(await listOf(reviewer, query)).toHaveLength(count);
  });

  test('needs a scope of its own, refuses what it does not know, and is logged', async () => {
    const { hospital, auditor, reviewer } = await story();
    const onlyReads = await gateway.clientOf(hospital.institution, hospital.uscc, ['audit.read', 'system/AuditEvent.rs']);

    expect(await onlyReads.get('/v1/emergency-accesses')).toMatchObject({ status: 403, body: { code: 'scope-insufficient' } });
    expect(await reviewer.get('/v1/emergency-accesses?from=soon')).toMatchObject({ status: 400, body: { errors: [{ path: 'from' }] } });
    expect((await reviewer.get('/v1/emergency-accesses?state=late')).status).toBe(400);
    const { body } = await auditor.get(`/v1/access-log?client=${reviewer.client}&interaction=listEmergencyAccesses&outcome=0`);
    expect(body.entries).toMatchObject([{ action: 'E', query: 'GET /v1/emergency-accesses' }]);
  });
});

describe('a review', () => {
  test.for(['justified', 'not-justified'])('(%s) by somebody else closes it, and the patient’s log shows it', async (outcome) => {
    const { hospital, auditor, reviewer, person, access } = await story();
    const body = { outcome, text: ' 已核对急诊病历 ' };

    const answer = await review(reviewer, access.id, body);

    const judged = {
      outcome,
      text: '已核对急诊病历',
      reviewer: { system: 'urn:oid:2.16.156.10011.1.4', value: 'D-2001', name: '陈静' },
      institution: { uscc: hospital.uscc },
    };
    expect(answer).toMatchObject({ status: 201, body: { id: access.id, state: 'reviewed', review: judged } });
    expect(answer.body).not.toHaveProperty('waitingDays');
    expect(await listOf(reviewer, 'state=open')).toEqual([]);
    const log = (await auditor.get(`/v1/access-log?patient=${cardOf(person)}`)).body.entries;
    expect(log.find((it: { id: string }) => it.id === access.id)).toMatchObject({ purpose: 'BTG', reviewDue: true, review: judged });
    expect(log.find((it: { interaction: string }) => it.interaction === 'reviewEmergencyAccess')).toMatchObject({
      entities: [`AuditEvent/${access.id}`],
      query: `outcome=${outcome}`,
      practitioner: { value: 'D-2001' },
    });
    const events = (await auditor.get(`/fhir/AuditEvent?patient.identifier=${cardOf(person)}&subtype=110127`)).body.entry;
    expect(events.map((it: { resource: { id: string } }) => it.resource.id)).toEqual([access.id]);
  });

  test('by the clinician who looked is none: four eyes', async () => {
    const { reviewer, access } = await story();
    const linMin = { 'x-acting-practitioner': 'urn:oid:2.16.156.10011.1.4|D-1001, Lin' };

    expect(await review(reviewer, access.id, JUSTIFIED, linMin)).toMatchObject({
      status: 422,
      body: { code: 'rule-violated', errors: [{ path: 'X-Acting-Practitioner' }] },
    });
    expect(await listOf(reviewer, 'state=open')).toHaveLength(1);
  });

  test('is said once: the same again is answered alike, another one is a conflict', async () => {
    const { auditor, reviewer, access } = await story();
    const first = await review(reviewer, access.id);

    expect(await review(reviewer, access.id)).toMatchObject({ status: 200, body: { review: first.body.review } });
    const other = { 'x-acting-practitioner': `urn:oid:2.16.156.10011.1.4|D-3001, ${encodeURIComponent('赵宁')}` };
    for (const again of [
      await review(reviewer, access.id, { ...JUSTIFIED, outcome: 'not-justified' }),
      await review(reviewer, access.id, { ...JUSTIFIED, text: '其他' }),
      await review(auditor, access.id, JUSTIFIED, other),
    ]) {
      expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
    }
    expect((await listOf(reviewer))[0].review).toEqual(first.body.review);
  });

  test('of two at the same moment, one stands', async () => {
    const { reviewer, access } = await story();

    const answers = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((index) => review(reviewer, access.id, { ...JUSTIFIED, outcome: index % 2 ? 'justified' : 'not-justified' })),
    );

    expect(answers.map((it) => it.status).toSorted()).toEqual([200, 200, 201, 409, 409, 409]);
    const outcomes = new Set(answers.filter((it) => it.status < 300).map((it) => it.body.review.outcome));
    expect([...outcomes]).toEqual([(await listOf(reviewer))[0].review.outcome]);
  });

  test('of what is no emergency access within reach is not found', async () => {
    const { source, hospital, auditor, access, report } = await story();
    const elsewhere = await gateway.clientOf(source.institution, source.uscc, ['audit.review']);
    await hospital.get(`/fhir/DiagnosticReport/${report}`);
    const [ordinary] = (await auditor.get(`/v1/access-log?client=${hospital.client}&interaction=readResource&outcome=4`)).body.entries;

    for (const [reader, id] of [
      [elsewhere, access.id],
      [auditor, ordinary.id],
      [auditor, '0'.repeat(28)],
      [auditor, 'x'],
    ] as const) {
      expect(await review(reader, id)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    }
  });

  test.for<[string, object, Record<string, string | undefined>, number]>([
    ['another outcome', { ...JUSTIFIED, outcome: 'maybe' }, CHEN, 400],
    ['no text', { outcome: 'justified' }, CHEN, 400],
    ['a blank text', { outcome: 'justified', text: ' ' }, CHEN, 400],
    ['an unknown member', { ...JUSTIFIED, by: 'x' }, CHEN, 400],
    ['no reviewer', JUSTIFIED, { 'x-acting-practitioner': undefined }, 400],
  ])('with %s is refused', async ([, body, headers, status]) => {
    const { reviewer, access } = await story();
    expect((await reviewer.post(`/v1/emergency-accesses/${access.id}/review`, body, headers)).status).toBe(status);
  });

  test('needs its scope', async () => {
    const { hospital, access } = await story();
    expect(await review(hospital, access.id)).toMatchObject({ status: 403, body: { code: 'scope-insufficient' } });
  });
});
