import { describe, expect, test } from 'vitest';
import { ITEM_SYSTEM, LOINC_SYSTEM } from '../../../src/catalogue/items/find-items.ts';
import { type CallingSystem, useGateway } from '../../support/gateway.ts';
import { all, conceptMap, LIS, paths, put, putCsv, putMap, type Row, row } from './mappings.ts';

const gateway = useGateway();

const THREE: readonly Row[] = [
  { code: 'L-1', display: '白细胞', item: 'WBC' },
  { code: 'L-2', display: '肝功能', item: 'ALT', equivalence: 'narrower', comment: '组套' },
  { code: 'L-2', display: '肝功能', item: 'AST', equivalence: 'narrower', comment: '组套' },
];

describe('all mappings of an institution are replaced at once', () => {
  test('each load is a new revision, the newest counts, and the same mappings again change nothing', async () => {
    const hospital = await gateway.register();
    expect((await hospital.get('/v1/catalogue/mappings')).body).toEqual({
      uscc: hospital.uscc,
      revision: 0,
      loadedAt: null,
      count: 0,
      mappings: [],
    });

    expect((await put(hospital, THREE)).body).toMatchObject({ uscc: hospital.uscc, revision: 1, count: 3, changed: true });
    expect((await put(hospital, THREE.toReversed())).body).toMatchObject({ revision: 1, count: 3, changed: false });
    expect(await all(hospital)).toEqual(THREE.map(row));

    expect((await put(hospital, [{ code: 'L-1', item: 'HGB' }])).body).toMatchObject({ revision: 2, count: 1, changed: true });
    expect(await all(hospital)).toEqual([row({ code: 'L-1', item: 'HGB' })]);
    expect((await put(hospital, [])).body).toMatchObject({ revision: 3, count: 0, changed: true });
    expect(await all(hospital)).toEqual([]);
    expect((await put(hospital, THREE)).body).toMatchObject({ revision: 4, changed: true });
  });

  test('what the three forms say is the same, and each can be sent back as it was got', async () => {
    const hospital = await gateway.register();
    await put(hospital, [...THREE, { code: 'L-3', equivalence: 'unmatched' }]);

    const csv = await hospital.get('/v1/catalogue/mappings', { accept: 'text/csv' });
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text.split('\r\n').slice(0, 2)).toEqual([
      '\uFEFFsystem,code,display,item,equivalence,comment',
      `${LIS},L-1,白细胞,WBC,equivalent,`,
    ]);
    const map = await hospital.get('/v1/catalogue/mappings', { accept: 'application/fhir+json' });
    expect(map.body).toMatchObject({ resourceType: 'ConceptMap', version: '1', group: [{ source: LIS, target: ITEM_SYSTEM }] });
    expect(map.body.group[0].element.at(-1)).toEqual({ code: 'L-3', target: [{ equivalence: 'unmatched' }] });

    for (const answer of [await putCsv(hospital, csv.text), await putMap(hospital, map.body)]) {
      expect(answer.body).toMatchObject({ revision: 1, count: 4, changed: false });
    }
  });

  test('an empty ConceptMap, and CSV of a header alone, take everything away', async () => {
    const hospital = await gateway.register();
    await put(hospital, THREE);
    const header = 'system,code,item,equivalence\r\n';
    expect((await putCsv(hospital, header)).body).toMatchObject({ revision: 2, count: 0 });
    const map = await hospital.get('/v1/catalogue/mappings', { accept: 'application/fhir+json' });
    expect((await putMap(hospital, map.body)).body).toMatchObject({ revision: 2, changed: false });
  });

  test('pages are of one revision, whatever is loaded meanwhile', async () => {
    const hospital = await gateway.register();
    const codes = Array.from({ length: 25 }, (_, index) => `C${String(index).padStart(2, '0')}`);
    await put(
      hospital,
      codes.map((code) => ({ code, item: 'WBC' })),
    );

    const seen: string[] = [];
    let next: string | undefined;
    do {
      const { body } = await hospital.get(`/v1/catalogue/mappings?limit=10${next ? `&cursor=${next}` : ''}`);
      seen.push(...body.mappings.map((it: Row) => it.code));
      expect(body).toMatchObject({ revision: 1, count: 25 });
      next = body.next;
      await put(hospital, [{ code: `other-${seen.length}`, item: 'HGB' }]);
    } while (next);

    expect(seen).toEqual(codes);
    expect((await hospital.get('/v1/catalogue/mappings?cursor=abc')).status).toBe(400);
  });

  test('two loads at once take turns: both are kept, none is mixed with the other, and revisions have no gaps', async () => {
    const hospital = await gateway.register();
    const sets = Array.from({ length: 8 }, (_, set) =>
      Array.from({ length: 40 }, (_unused, index) => ({ code: `S${set}-${index}`, item: 'WBC' })),
    );

    const answers = await Promise.all(sets.map((it) => put(hospital, it)));

    expect(answers.map((it) => it.status)).toEqual(sets.map(() => 200));
    expect(answers.map((it) => it.body.revision).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const kept = await all(hospital);
    expect(kept).toHaveLength(40);
    const winner = answers.findIndex((it) => it.body.revision === 8);
    expect(new Set(kept.map((it) => it.code.split('-')[0]))).toEqual(new Set([`S${winner}`]));
  });

  test('the same mappings fifty times at once are one revision', async () => {
    const hospital = await gateway.register();
    const answers = await Promise.all(Array.from({ length: 50 }, () => put(hospital, THREE)));
    expect(answers.map((it) => [it.status, it.body.revision])).toEqual(answers.map(() => [200, 1]));
    expect(answers.filter((it) => it.body.changed)).toHaveLength(1);
  });
});

describe('who may', () => {
  test('an institution for itself, the operator for every one; another’s code and nobody’s get the same answer', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    const operator = await gateway.register({ scopes: ['operator'] });
    await put(other, THREE);

    for (const uscc of [other.uscc, '110000000000000000']) {
      for (const answer of [
        await put(hospital, THREE, uscc),
        await hospital.get(`/v1/catalogue/mappings?uscc=${uscc}`),
        await hospital.get(`/v1/catalogue/mappings/unmapped?uscc=${uscc}`),
      ]) {
        expect(answer).toMatchObject({ status: 403, body: { code: 'not-owner' } });
      }
    }
    expect((await put(hospital, THREE, hospital.uscc)).status).toBe(200);
    expect((await put(operator, [{ code: 'X', item: 'CRP' }], hospital.uscc)).body).toMatchObject({ uscc: hospital.uscc, revision: 2 });
    expect((await operator.get(`/v1/catalogue/mappings?uscc=${hospital.uscc}`)).body.mappings).toEqual([row({ code: 'X', item: 'CRP' })]);
    expect((await operator.get(`/v1/catalogue/mappings/unmapped?uscc=${hospital.uscc}`)).status).toBe(200);
    expect((await put(operator, THREE, '110000000000000000')).status).toBe(404);
    expect(await all(other)).toEqual(THREE.map(row));
  });

  test('a load is in the access log with its revision', async () => {
    const hospital = await gateway.register({ scopes: ['system/AuditEvent.rs'] });
    await put(hospital, THREE);
    const { body } = await hospital.get('/v1/access-log?interaction=replaceMappings');
    expect(body.entries).toMatchObject([{ action: 'U', entities: [`Mappings/${hospital.institution}/_history/1`] }]);
  });
});

describe('a load with a fault loads nothing and tells every fault', () => {
  const untouched = async (hospital: CallingSystem) => expect((await hospital.get('/v1/catalogue/mappings')).body.revision).toBe(0);

  test('JSON, by path', async () => {
    const hospital = await gateway.register();
    const answer = await put(hospital, [
      { code: 'L-1', item: 'WBC' },
      { code: '', item: 'WBC' },
      { code: 'L-2', item: 'NO-SUCH-ITEM' },
      { code: 'L-1', item: 'WBC' },
      { code: 'L-3', item: 'WBC', equivalence: 'same' },
      { code: 'L-4', item: 'WBC', display: '长'.repeat(256) },
      { code: 'L-5', system: LOINC_SYSTEM, item: 'WBC' },
      { code: '718-7', system: LOINC_SYSTEM, item: 'WBC' },
    ]);
    expect(answer).toMatchObject({ status: 422, body: { code: 'rule-violated' } });
    expect(paths(answer)).toEqual([
      'mappings[1].code',
      'mappings[3].item',
      'mappings[4].equivalence',
      'mappings[5].display',
      'mappings[2].item',
      'mappings[7].item',
    ]);
    await untouched(hospital);

    expect((await hospital.put('/v1/catalogue/mappings', { mappings: [{ ...row({ code: 'L' }), more: 1 }] })).status).toBe(400);
    expect((await hospital.put('/v1/catalogue/mappings', {})).status).toBe(400);
  });

  test('CSV, by row and column', async () => {
    const hospital = await gateway.register();
    const header = 'code,system,item,equivalence';
    const answer = await putCsv(
      hospital,
      [header, `L-1,${LIS},WBC,equivalent`, `,${LIS},WBC,equal`, '', `L-2,${LIS},NO-SUCH-ITEM,equal`, `L-1,${LIS},WBC,wider`].join('\n'),
    );
    expect(answer.status).toBe(422);
    expect(paths(answer)).toEqual(['row 3, column code', 'row 6, column item', 'row 5, column item']);

    expect(paths(await putCsv(hospital, 'code,system,colour,code\nL-1,a,b,c\nL-1'))).toEqual([
      'row 1, column item',
      'row 1, column equivalence',
      'row 1, column colour',
      'row 1, column code',
      'row 3',
    ]);
    expect(await putCsv(hospital, `${header}\n"L-1,${LIS},WBC,equal`)).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(paths(await putCsv(hospital, ''))).toContain('row 1, column code');
    await untouched(hospital);
  });

  test('CSV as a Chinese spreadsheet saves it is read when its charset is named, and never misread', async () => {
    const hospital = await gateway.register();
    const gbk = Buffer.concat([
      Buffer.from(`system,code,display,item,equivalence\n${LIS},L-1,`),
      Buffer.from([0xb0, 0xd7, 0xcf, 0xb8, 0xb0, 0xfb]),
      Buffer.from(',WBC,equal\n'),
    ]);
    const send = async (type: string) =>
      gateway.app.inject({
        method: 'PUT',
        url: '/v1/catalogue/mappings',
        headers: { authorization: `Bearer ${hospital.token}`, 'content-type': type },
        payload: gbk,
      });

    expect((await send('text/csv')).json()).toMatchObject({ code: 'malformed' });
    expect((await send('text/csv; charset=latin1')).statusCode).toBe(415);
    expect((await send('text/csv; charset=gb18030')).json()).toMatchObject({ revision: 1, count: 1 });
    expect(await all(hospital)).toEqual([row({ code: 'L-1', display: '白细胞', item: 'WBC', equivalence: 'equal' })]);
  });

  test('a ConceptMap, by path: what would be lost is refused as well', async () => {
    const hospital = await gateway.register();
    const target = { code: 'WBC', equivalence: 'equivalent' };
    const map = conceptMap([], {
      group: [
        {
          source: LIS,
          target: ITEM_SYSTEM,
          element: [
            { code: 'L-1', target: [{ ...target, dependsOn: [{ property: 'urn:specimen', value: 'x' }] }] },
            { code: 'L-2', target: [target, { ...target, equivalence: 'equal' }] },
            { target: [target] },
          ],
          unmapped: { mode: 'fixed', code: 'WBC' },
        },
        { source: LIS, target: 'urn:elsewhere', element: [{ code: 'L-3', target: [target] }] },
        { target: ITEM_SYSTEM, element: [{ code: 'L-4', target: [target] }] },
      ],
    });
    const answer = await putMap(hospital, map);
    expect(answer.status).toBe(422);
    expect(paths(answer)).toEqual([
      'ConceptMap.group[0].unmapped',
      'ConceptMap.group[0].element[0].target[0].dependsOn',
      'ConceptMap.group[1].target',
      'ConceptMap.group[0].element[1].target[1].code',
      'ConceptMap.group[0].element[2].code',
      'ConceptMap.group[2].source',
    ]);

    expect(await putMap(hospital, { ...conceptMap([['L-1', 'WBC']]), status: 'fine' })).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
    expect((await putMap(hospital, { resourceType: 'ValueSet', status: 'active' })).status).toBe(400);
    expect(paths(await putMap(hospital, conceptMap([['L-1', 'NO-SUCH-ITEM']])))).toEqual(['ConceptMap.group[0].element[0].target[0].code']);
    await untouched(hospital);
  });

  test('no other type of body is taken, nor none', async () => {
    const hospital = await gateway.register();
    expect((await hospital.put('/v1/catalogue/mappings', 'x', { 'content-type': 'application/xml' })).status).toBe(415);
    expect((await hospital.put('/v1/catalogue/mappings', 'x', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await hospital.put('/v1/catalogue/mappings', undefined)).status).toBe(415);
  });
});
