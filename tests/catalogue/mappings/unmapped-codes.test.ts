import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ITEM_SYSTEM, LOINC_SYSTEM } from '../../../src/catalogue/items/find-items.ts';
import { type CallingSystem, useGateway } from '../../support/gateway.ts';
import { beijing, type Person, patientOf, REPORT_NUMBER, somebody } from '../../support/reports.ts';
import { LIS, put } from './mappings.ts';
import { connectAsOwner } from './owner.ts';

const gateway = useGateway();

interface Coding {
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
}

/** Publishes a laboratory report with one measurement per list of codings; answers with the answer. */
async function publish(
  source: CallingSystem,
  results: readonly (readonly Coding[])[],
  number: string = randomUUID(),
  person: Person = somebody(),
) {
  const at = beijing(new Date(Date.now() - 3_600_000));
  const ids = results.map(() => `urn:uuid:${randomUUID()}`);
  const patient = `urn:uuid:${randomUUID()}`;
  const answer = await source.post('/fhir', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: `urn:uuid:${randomUUID()}`,
        resource: {
          resourceType: 'DiagnosticReport',
          identifier: [{ system: REPORT_NUMBER, value: number }],
          status: 'final',
          category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB' }] }],
          code: { coding: [{ system: LIS, code: 'REPORT' }], text: '检验报告' },
          subject: { reference: patient },
          effectiveDateTime: at,
          issued: at,
          result: ids.map((reference) => ({ reference })),
        },
        request: { method: 'POST', url: 'DiagnosticReport' },
      },
      ...results.map((coding, index) => ({
        fullUrl: ids[index],
        resource: {
          resourceType: 'Observation',
          status: 'final',
          category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
          code: { ...(coding.length > 0 ? { coding } : {}), text: '某项' },
          subject: { reference: patient },
          effectiveDateTime: at,
          valueString: String(index),
        },
        request: { method: 'POST', url: 'Observation' },
      })),
      { fullUrl: patient, resource: patientOf(person), request: { method: 'POST', url: 'Patient' } },
    ],
  });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer;
}

const unmapped = async (caller: CallingSystem, query = '') => (await caller.get(`/v1/catalogue/mappings/unmapped${query}`)).body;

describe('local codes without a mapping', () => {
  test('are counted by code, the most frequent first, with the items they most likely mean', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    const wbc = { system: LIS, code: 'X-1', display: '白细胞' };
    await publish(hospital, [[wbc], [wbc], [{ system: LIS, code: 'X-2', display: '体重' }]]);
    await publish(hospital, [[{ system: LIS, code: 'X-1', display: '白细胞计数' }]]);
    await publish(other, [[{ system: LIS, code: 'X-3' }]]);

    const body = await unmapped(hospital);

    expect(body).toMatchObject({
      uscc: hospital.uscc,
      edition: 'tongjian-222',
      isCutOff: false,
      results: 4,
      mapped: 0,
      uncoded: 0,
      total: 2,
    });
    expect(body.codes).toMatchObject([
      { system: LIS, code: 'X-1', display: '白细胞计数', count: 3 },
      { system: LIS, code: 'X-2', display: '体重', count: 1 },
    ]);
    expect(body.codes[0].nearest[0]).toMatchObject({ item: 'WBC', nameZh: '白细胞计数(WBC)' });
    expect(body.codes[0].firstSeen < body.codes[0].lastSeen).toBe(true);
    expect((await unmapped(hospital, '?limit=1')).codes).toHaveLength(1);
    expect((await unmapped(hospital, '?limit=1')).total).toBe(2);
  });

  test('no longer once they are mapped, or said to mean no item', async () => {
    const hospital = await gateway.register();
    await publish(hospital, [[{ system: LIS, code: 'X-1' }], [{ system: LIS, code: 'X-2' }], [{ system: 'urn:other', code: 'X-1' }]]);
    expect((await unmapped(hospital)).total).toBe(3);
    await put(hospital, [
      { code: 'X-1', item: 'WBC' },
      { code: 'X-2', equivalence: 'unmatched' },
    ]);
    expect(await unmapped(hospital)).toMatchObject({ results: 3, mapped: 2, codes: [{ system: 'urn:other', code: 'X-1', count: 1 }] });
    await put(hospital, []);
    expect((await unmapped(hospital)).total).toBe(3);
  });

  test.for<[string, readonly Coding[], { mapped: number; uncoded: number; codes: readonly string[] }]>([
    ['an item code', [{ system: ITEM_SYSTEM, code: 'WBC' }], { mapped: 1, uncoded: 0, codes: [] }],
    ['the LOINC code of an item', [{ system: LOINC_SYSTEM, code: '6690-2' }], { mapped: 1, uncoded: 0, codes: [] }],
    [
      'a local code beside one',
      [
        { system: LIS, code: 'X' },
        { system: LOINC_SYSTEM, code: '6690-2' },
      ],
      { mapped: 1, uncoded: 0, codes: [] },
    ],
    ['a LOINC code of no item', [{ system: LOINC_SYSTEM, code: '29463-7' }], { mapped: 0, uncoded: 0, codes: [`${LOINC_SYSTEM}|29463-7`] }],
    [
      'a local code beside such a one',
      [
        { system: LOINC_SYSTEM, code: '29463-7' },
        { system: LIS, code: 'X' },
      ],
      { mapped: 0, uncoded: 0, codes: [`${LIS}|X`] },
    ],
    ['a code without its system', [{ code: 'X' }], { mapped: 0, uncoded: 0, codes: ['|X'] }],
    ['words alone', [], { mapped: 0, uncoded: 1, codes: [] }],
    ['a coding without a code', [{ system: LIS, display: '某项' }], { mapped: 0, uncoded: 1, codes: [] }],
  ])('%s', async ([, coding, { codes, ...counts }]) => {
    const hospital = await gateway.register();
    await publish(hospital, [coding]);
    const body = await unmapped(hospital);
    expect(body).toMatchObject({ results: 1, ...counts });
    expect(body.codes.map((it: Coding) => `${it.system}|${it.code}`)).toEqual(codes);
  });

  test('of a corrected report the version that stands counts, of a deleted one none', async () => {
    const hospital = await gateway.register();
    const [number, person] = [randomUUID(), somebody()];
    await publish(hospital, [[{ system: LIS, code: 'X-1' }]], number, person);
    const answer = await publish(hospital, [[{ system: LIS, code: 'X-2' }]], number, person);
    expect((await unmapped(hospital)).codes).toMatchObject([{ code: 'X-2', count: 1 }]);

    const locations = answer.body.entry.map((it: { response: { location: string } }) => it.response.location);
    for (const type of ['DiagnosticReport', 'Observation']) {
      const location = locations.find((it: string) => it.includes(`${type}/`)) as string;
      expect((await hospital.send('DELETE', `/fhir/${/(\w+\/\w+)\/_history/.exec(location)?.[1]}`)).status).toBe(204);
    }
    expect(await unmapped(hospital)).toMatchObject({ results: 0, codes: [] });
  });

  test('within the days asked for, which have an end; the look is in the access log', async () => {
    const hospital = await gateway.register({ scopes: ['system/*.cruds'] });
    await publish(hospital, [[{ system: LIS, code: 'X-1' }]]);
    const owner = await connectAsOwner(gateway.databaseUrl);
    await owner.query(`update resource_versions set recorded_at = recorded_at - interval '40 days' where institution = $1`, [
      hospital.institution,
    ]);
    await owner.end();

    expect(await unmapped(hospital)).toMatchObject({ lookedThrough: 0, results: 0, codes: [] });
    expect(await unmapped(hospital, '?days=41')).toMatchObject({ results: 1, codes: [{ code: 'X-1' }] });
    for (const days of [0, 367, 'x']) {
      expect((await hospital.get(`/v1/catalogue/mappings/unmapped?days=${days}`)).status).toBe(400);
    }
    const { body } = await hospital.get('/v1/access-log?interaction=listUnmappedCodes&action=R');
    expect(body.entries).toHaveLength(2);
  });

  test('twenty thousand resources are looked through, the newest, and the answer says so', async () => {
    const hospital = await gateway.register();
    await publish(hospital, [[{ system: LIS, code: 'OLDEST' }]]);
    const owner = await connectAsOwner(gateway.databaseUrl);
    try {
      await owner.query(
        `insert into resource_versions (person, id, version, type, institution, recorded_at, content)
         select (1::bigint << 50) + i % 500, i, 1, 'Observation', $1, now(),
                json_build_object('resourceType', 'Observation', 'status', 'final', 'code', json_build_object('coding',
                  json_build_array(json_build_object('system', $2::text, 'code', 'G-' || i % 700, 'display', '项目' || i % 700))),
                  'note', repeat('x', 1200))::text
           from generate_series(1, 20000) i`,
        [hospital.institution, LIS],
      );
      await owner.query(
        `insert into resources (person, id, type, version, institution, category, status, report, recorded_at, tokens)
         select person, id, type, version, institution, 'laboratory', 'final', id, recorded_at,
                array(select hashtextextended(id || ':' || n, 0) from generate_series(1, 25) n)
           from resource_versions where institution = $1 and person >= (1::bigint << 50) and person < (1::bigint << 50) + 500`,
        [hospital.institution],
      );
    } finally {
      await owner.end();
    }

    const body = await unmapped(hospital, '?limit=100');

    expect(body).toMatchObject({ lookedThrough: 20_000, isCutOff: true, results: 20_000, mapped: 0, total: 700 });
    expect(body.codes).toHaveLength(100);
    expect(body.codes[0]).toMatchObject({ code: 'G-1', display: '项目1', count: 29 });
  }, 60_000);
});
