import { eq } from 'drizzle-orm';
import pg from 'pg';
import { expect, test } from 'vitest';
import { findRecognitionsOfCertificate } from '../../src/recognition/find-recognitions-of-certificate.ts';
import { recognitionDecisions } from '../../src/recognition/recognition.tables.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { somebody } from '../support/reports.ts';

const gateway = useGateway();
const HOUR_MS = 3_600_000;

const recognise = (item: string) => ({ item, decision: 'recognised' });
const decide = (who: CallingSystem, id: string, ...decisions: readonly object[]) =>
  who.post('/v1/recognition-decisions', { check: id, decisions });

/** A blood count of one hospital and the check of another one. */
async function scene() {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const at = new Date(Date.now() - HOUR_MS);
  const report = await publish(source, { person, at });
  await permit(receiver, person);
  const { body } = await check(receiver, person, ['WBC', 'HGB']);
  return { source, receiver, person, at, report, id: body.id as string, shown: body };
}

/** Makes a kept check one that was asked under other rules, or by an earlier release, as only the owner of the database can. */
async function alterCheck(receiver: CallingSystem, assignment: string, ...values: readonly unknown[]): Promise<void> {
  const owner = new pg.Client({ connectionString: gateway.databaseUrl });
  await owner.connect();
  try {
    const { rowCount } = await owner.query(`update recognition_checks set answer = ${assignment} where institution = $1`, [
      receiver.institution,
      ...values,
    ]);
    expect(rowCount).toBeGreaterThan(0);
  } finally {
    await owner.end();
  }
}

const basisWith = "jsonb_set(answer, '{basis}', answer -> 'basis' || $2::jsonb)";
const ask = (receiver: CallingSystem, basis: object) => alterCheck(receiver, basisWith, JSON.stringify(basis));
const forget = (receiver: CallingSystem) =>
  alterCheck(
    receiver,
    "jsonb_set(answer, '{basis}', (answer -> 'basis') - 'reasonList' - 'citationHours' - 'certificates' - 'performedAt')",
  );

test('a decision keeps the certificate, the edition, the rules and the time of the result that its check rested on', async () => {
  const it = await scene();
  await ask(it.receiver, { certificates: { WBC: ['EQA-2026-1'], HGB: [] } });

  const { body } = await decide(it.receiver, it.id, recognise('WBC'), recognise('HGB'));

  const [wbc, hgb] = body.decisions;
  const { edition, rulesVersion } = it.shown;
  expect(wbc).toMatchObject({ certificates: ['EQA-2026-1'], edition, rulesVersion, performedAt: it.at.toISOString(), reportVersion: 1 });
  expect(hgb.certificates).toEqual([]);
  const rows = await gateway.db.select().from(recognitionDecisions).where(eq(recognitionDecisions.institution, it.receiver.institution));
  expect(rows.find((row) => row.item === 'WBC')).toMatchObject({
    certificates: ['EQA-2026-1'],
    edition,
    rulesVersion,
    performedAt: it.at,
    countsAsDenial: false,
  });
});

test('a check that an earlier release has kept is decided on by the national rule', async () => {
  const it = await scene();
  await forget(it.receiver);

  const { status, body } = await decide(it.receiver, it.id, recognise('WBC'), { item: 'HGB', decision: 'not-recognised', reason: '2' });

  expect(status).toBe(201);
  expect(body.decisions).toMatchObject([{ performedAt: it.at.toISOString() }, { reasonList: 'national-2022', countsAsDenial: true }]);
  const cited = await it.receiver.post(`/v1/recognition-decisions/${body.decisions[0].id}/citation`, {});
  expect(cited.status).toBe(201);
});

test('reasons are those of the list that the check names, with a text where that list says so', async () => {
  const it = await scene();
  await ask(it.receiver, { reasonList: 'provincial-A' });
  const refuse = (reason: string, reasonText?: string) =>
    decide(it.receiver, it.id, { item: 'WBC', decision: 'not-recognised', reason, ...(reasonText === undefined ? {} : { reasonText }) });

  expect(await refuse('2')).toMatchObject({ status: 422, body: { errors: [{ path: 'decisions[0].reason' }] } });
  expect(await refuse('08')).toMatchObject({ status: 422, body: { errors: [{ path: 'decisions[0].reasonText' }] } });
  expect(await refuse('08', '拟行手术')).toMatchObject({
    status: 201,
    body: { decisions: [{ reasonList: 'provincial-A', reason: '08', countsAsDenial: true }] },
  });
});

test('images not received are no refusal: not recognised, not counted, and found apart', async () => {
  const it = await scene();
  await ask(it.receiver, { reasonList: 'provincial-A' });
  await decide(
    it.receiver,
    it.id,
    { item: 'WBC', decision: 'not-recognised', reason: '98' },
    { item: 'HGB', decision: 'not-recognised', reason: '02' },
  );
  const listed = async (query: string) => {
    const { body } = await it.receiver.get(`/v1/recognition-decisions?${query}`);
    return body.decisions.map((one: { item: string; countsAsDenial: boolean }) => `${one.item} ${one.countsAsDenial}`).sort();
  };

  expect(await listed('')).toEqual(['HGB true', 'WBC false']);
  expect(await listed('countsAsDenial=true')).toEqual(['HGB true']);
  expect(await listed('decision=not-recognised&countsAsDenial=false')).toEqual(['WBC false']);
  expect((await it.receiver.get('/v1/recognition-decisions?countsAsDenial=perhaps')).status).toBe(400);
});

test('a recognition counts as no refusal', async () => {
  const it = await scene();
  await decide(it.receiver, it.id, recognise('WBC'));

  expect((await it.receiver.get('/v1/recognition-decisions?countsAsDenial=true')).body).toEqual({ decisions: [] });
  expect((await it.receiver.get('/v1/recognition-decisions?countsAsDenial=false')).body.decisions).toHaveLength(1);
});

test('the text for the record is there with the recognition, as the check showed it, and with nothing else', async () => {
  const it = await scene();
  const { recordText } = it.shown.items[0];

  const decided = await decide(it.receiver, it.id, recognise('WBC'), { item: 'HGB', decision: 'not-recognised', reason: '2' });
  const listed = await it.receiver.get('/v1/recognition-decisions?item=WBC');
  const cited = await it.receiver.post(`/v1/recognition-decisions/${decided.body.decisions[0].id}/citation`, {});

  expect(recordText.zh).toContain(`${it.report}/_history/1`);
  expect(decided.body.decisions[0].recordText).toEqual(recordText);
  expect(decided.body.decisions[1]).not.toHaveProperty('recordText');
  expect([listed.body.decisions[0].recordText, cited.body.recordText]).toEqual([recordText, recordText]);
  expect((await it.source.get('/v1/recognition-decisions?role=source')).text).not.toContain('recordText');
});

test.for<[string, number, number]>([
  ['in the last millisecond of the hours', 0, 201],
  ['a millisecond after them', 1, 422],
])('a citation %s that the rules of the check give', async ([, more, status]) => {
  const it = await scene();
  await ask(it.receiver, { citationHours: 2 });
  const { body } = await decide(it.receiver, it.id, recognise('WBC'));
  const [decision] = body.decisions;
  const citedAt = new Date(Date.parse(decision.decidedAt) + 2 * HOUR_MS + more).toISOString();

  const answer = await it.receiver.post(`/v1/recognition-decisions/${decision.id}/citation`, { citedAt });

  expect(answer.status).toBe(status);
  if (status === 422)
    expect(answer).toMatchObject({ body: { errors: [{ path: 'citedAt' }] }, text: expect.stringMatching(/2 (hours|小时)/) });
});

test('a citation asked again stands, also when its hours have passed since', async () => {
  const it = await scene();
  const { body } = await decide(it.receiver, it.id, recognise('WBC'));
  const citation = `/v1/recognition-decisions/${body.decisions[0].id}/citation`;
  const first = await it.receiver.post(citation, {});
  await ask(it.receiver, { citationHours: 0 });

  const again = await it.receiver.post(citation, {});

  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body.citedAt).toBe(first.body.citedAt);
});

test('recognitions on a certificate for results of a moment or later are found, and nothing else', async () => {
  const certificate = `EQA-${Date.now()}`;
  const [it, other, older] = [await scene(), await scene(), await scene()];
  const from = new Date(it.at.getTime());
  await ask(it.receiver, { certificates: { WBC: [certificate], HGB: [certificate] } });
  await ask(other.receiver, { certificates: { WBC: [`${certificate}-2`] } });
  await ask(older.receiver, { certificates: { WBC: certificate }, performedAt: { WBC: new Date(from.getTime() - 1).toISOString() } });
  const { body } = await decide(it.receiver, it.id, recognise('WBC'), { item: 'HGB', decision: 'not-recognised', reason: '2' });
  await decide(other.receiver, other.id, recognise('WBC'));
  await decide(older.receiver, older.id, recognise('WBC'));
  const [{ id, decidedAt }] = body.decisions;

  expect(await findRecognitionsOfCertificate(gateway.db, certificate, from)).toEqual([
    {
      decision: id,
      institution: { uscc: it.receiver.uscc, name: expect.any(String) },
      item: 'WBC',
      report: `DiagnosticReport/${it.report}`,
      reportVersion: 1,
      performedAt: from.toISOString(),
      decidedAt,
    },
  ]);
  expect(await findRecognitionsOfCertificate(gateway.db, certificate, new Date(from.getTime() + 1))).toEqual([]);
  expect(await findRecognitionsOfCertificate(gateway.db, certificate, new Date(0))).toHaveLength(2);
  await it.receiver.post(`/v1/recognition-decisions/${id}/revocation`, { reason: '误操作' });
  expect(await findRecognitionsOfCertificate(gateway.db, certificate, from)).toEqual([]);
});

test('who withdraws a certificate is told the recognitions that relied on it', async () => {
  const it = await scene();
  const operator = await gateway.register({ scopes: ['operator'] });
  const [from, last] = [it.at, new Date(it.at.getTime() + 86_400_000)].map((day) =>
    new Date(day.getTime() + 8 * HOUR_MS).toISOString().slice(0, 10),
  );
  const period = { validFrom: from, validUntil: last };
  const made = await operator.put('/v1/catalogue/certificates', {
    certificates: [{ uscc: it.source.uscc, item: 'WBC', scheme: '血细胞分析', scope: 'nation', ...period }],
  });
  const certificate = made.body.certificates[0].id as string;
  await ask(it.receiver, { certificates: { WBC: certificate } });
  const { body } = await decide(it.receiver, it.id, recognise('WBC'), recognise('HGB'));

  const withdrawn = await operator.post(`/v1/catalogue/certificates/${certificate}/withdrawal`, { from, reason: '室间质评不合格' });

  expect(withdrawn.status, withdrawn.text).toBe(201);
  expect(withdrawn.body.recognitions).toMatchObject([
    { decision: body.decisions[0].id, item: 'WBC', institution: { uscc: it.receiver.uscc } },
  ]);
  expect(withdrawn.text).not.toContain(it.person.idCard);
});
