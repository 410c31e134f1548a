import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { ITEM_SYSTEM, LOINC_SYSTEM } from '../../../src/catalogue/items/find-items.ts';
import { type Answer, type CallingSystem, useGateway } from '../../support/gateway.ts';
import { all, conceptMap, LIS, put, row } from './mappings.ts';

const gateway = useGateway();

const codes = async (hospital: CallingSystem) => (await all(hospital)).map((it) => it.code);

function expressions(answer: Answer): readonly string[] {
  return answer.body.issue.flatMap((it: { expression?: string[] }) => it.expression ?? []);
}

describe('a ConceptMap to the items that an institution writes becomes its mappings', () => {
  test('created, changed, retired and deleted, each in the same transaction', async () => {
    const hospital = await gateway.register();
    await put(hospital, [{ code: 'OLD', item: 'WBC' }]);

    const created = await hospital.post('/fhir/ConceptMap', conceptMap([['L-1', 'WBC']]));
    expect(created.status).toBe(201);
    expect(await all(hospital)).toEqual([row({ code: 'L-1', item: 'WBC' })]);

    const { id } = created.body;
    expect((await hospital.put(`/fhir/ConceptMap/${id}`, conceptMap([['L-2', 'HGB']], { id }))).status).toBe(200);
    expect(await codes(hospital)).toEqual(['L-2']);

    expect((await hospital.put(`/fhir/ConceptMap/${id}`, conceptMap([['L-2', 'HGB']], { id, status: 'retired' }))).status).toBe(200);
    expect(await codes(hospital)).toEqual([]);

    expect((await hospital.put(`/fhir/ConceptMap/${id}`, conceptMap([['L-3', 'PLT']], { id }))).status).toBe(200);
    expect(await codes(hospital)).toEqual(['L-3']);
    expect((await hospital.send('DELETE', `/fhir/ConceptMap/${id}`)).status).toBe(204);
    expect((await hospital.get('/v1/catalogue/mappings')).body).toMatchObject({ revision: 6, count: 0 });
  });

  test('what was loaded since is not taken away with an earlier map', async () => {
    const hospital = await gateway.register();
    const first = await hospital.post('/fhir/ConceptMap', conceptMap([['L-1', 'WBC']]));
    const second = await hospital.post('/fhir/ConceptMap', conceptMap([['L-2', 'WBC']], { title: 'another' }));
    await hospital.send('DELETE', `/fhir/ConceptMap/${first.body.id}`);
    expect(await codes(hospital)).toEqual(['L-2']);

    await put(hospital, [{ code: 'L-2', item: 'WBC' }]);
    await hospital.send('DELETE', `/fhir/ConceptMap/${second.body.id}`);
    expect(await codes(hospital)).toEqual(['L-2']);
  });

  test('a map in draft, or one that leads elsewhere too, is a resource like any other', async () => {
    const hospital = await gateway.register();
    const elsewhere = { source: LIS, target: 'urn:elsewhere', element: [{ code: 'L-1', target: [{ code: 'x', equivalence: 'equal' }] }] };
    for (const more of [
      { status: 'draft' },
      { group: [...conceptMap([['L-1', 'NO-SUCH-ITEM']]).group, elsewhere] },
      { group: [elsewhere] },
      { group: undefined },
    ]) {
      expect((await hospital.post('/fhir/ConceptMap', conceptMap([['L-1', 'WBC']], more))).status).toBe(201);
    }
    expect((await hospital.get('/v1/catalogue/mappings')).body.revision).toBe(0);
  });

  test('with a fault neither the map nor a mapping is stored', async () => {
    const hospital = await gateway.register();
    const twice = await hospital.post(
      '/fhir/ConceptMap',
      conceptMap([
        ['L-1', 'WBC'],
        ['L-1', 'WBC'],
        ['L|2', 'WBC'],
      ]),
    );
    expect(twice.status).toBe(422);
    expect(expressions(twice)).toEqual(['ConceptMap.group[0].element[1].target[0].code', 'ConceptMap.group[0].element[2].code']);
    const unknown = await hospital.post('/fhir/ConceptMap', conceptMap([['L-1', 'NO-SUCH-ITEM']]));
    expect(unknown.status).toBe(422);
    expect(expressions(unknown)).toEqual(['ConceptMap.group[0].element[0].target[0].code']);

    const bundle = { resourceType: 'Bundle', type: 'transaction' };
    const entry = (pairs: Parameters<typeof conceptMap>[0]) => ({
      resource: conceptMap(pairs),
      request: { method: 'POST', url: 'ConceptMap' },
    });
    const several = await hospital.post('/fhir', { ...bundle, entry: [entry([['L-1', 'WBC']]), entry([['L-2', 'WBC']])] });
    expect(several.status).toBe(422);
    expect(expressions(several)).toEqual(['Bundle.entry[1].resource']);

    const stored = await gateway.db.execute(sql`select from resource_versions where institution = ${hospital.institution}`);
    expect(stored.rows).toHaveLength(0);
    expect((await hospital.get('/v1/catalogue/mappings')).body.revision).toBe(0);
  });

  test('one written over FHIR and one over the list at the same time take turns', async () => {
    const hospital = await gateway.register();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        index % 2 === 0
          ? hospital.post('/fhir/ConceptMap', conceptMap([[`F-${index}`, 'WBC']]))
          : put(hospital, [{ code: `L-${index}`, item: 'WBC' }]),
      ),
    );
    expect(answers.map((it) => it.status)).toEqual(answers.map((_, index) => (index % 2 === 0 ? 201 : 200)));
    expect((await hospital.get('/v1/catalogue/mappings')).body).toMatchObject({ revision: 10, count: 1 });
  });
});

describe('$translate', () => {
  const translate = async (caller: CallingSystem, query: string) => {
    const { status, body } = await caller.get(`/fhir/ConceptMap/$translate?${query}`);
    expect(status).toBe(200);
    const matches = body.parameter.filter((it: { name: string }) => it.name === 'match');
    return matches.map(({ part }: { part: { name: string; valueCode?: string; valueCoding?: { code: string } }[] }) => [
      part.find((it) => it.name === 'equivalence')?.valueCode,
      part.find((it) => it.name === 'concept')?.valueCoding?.code,
    ]);
  };

  test('answers from the caller’s own mappings in both directions, beside the map to LOINC, and from nobody else’s', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    await put(hospital, [
      { code: 'L-1', item: 'WBC' },
      { code: 'P-1', item: 'WBC', equivalence: 'narrower', comment: '组套' },
      { code: 'P-1', item: 'HGB', equivalence: 'narrower', comment: '组套' },
      { code: 'L-9', equivalence: 'unmatched' },
    ]);
    await put(other, [{ code: 'L-1', item: 'PLT' }]);

    expect(await translate(hospital, `system=${LIS}&code=L-1`)).toEqual([['equivalent', 'WBC']]);
    expect(await translate(other, `system=${LIS}&code=L-1`)).toEqual([['equivalent', 'PLT']]);
    expect(await translate(hospital, `system=${LIS}&code=P-1`)).toEqual([
      ['narrower', 'HGB'],
      ['narrower', 'WBC'],
    ]);
    expect(await translate(hospital, `system=${ITEM_SYSTEM}&code=WBC&reverse=true`)).toEqual([
      ['equivalent', 'L-1'],
      ['wider', 'P-1'],
    ]);
    expect(await translate(hospital, `system=${ITEM_SYSTEM}&code=WBC&targetsystem=${LOINC_SYSTEM}`)).toEqual([['equivalent', '6690-2']]);
    expect(await translate(hospital, `system=${LIS}&code=L-9`)).toEqual([['unmatched', undefined]]);
    expect(await translate(hospital, `system=${LIS}&code=nothing`)).toEqual([]);
  });

  test('the mappings can be read by their name by their own institution alone, and the spellings of units by everybody', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    await put(hospital, [{ code: 'L-1', item: 'WBC' }]);
    const name = `/fhir/ConceptMap/mappings-${hospital.uscc}`;
    expect((await hospital.get(name)).body).toMatchObject({ resourceType: 'ConceptMap', version: '1' });
    expect((await hospital.get(`${name}/$translate?system=${LIS}&code=L-1`)).body.parameter[0]).toMatchObject({ valueBoolean: true });
    expect((await other.get(name)).status).toBe(404);
    expect((await other.get(`${name}/$translate?system=${LIS}&code=L-1`)).status).toBe(404);

    const spelling = encodeURIComponent('10*9/L');
    expect((await other.get('/fhir/ConceptMap/unit-spelling-ucum')).status).toBe(200);
    expect(await translate(other, `system=https://tongjian.example/fhir/CodeSystem/unit-spelling&code=${spelling}`)).toEqual([
      ['equivalent', '10*9/L'],
    ]);
  });
});
