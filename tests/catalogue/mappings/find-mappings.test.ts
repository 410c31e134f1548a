import { describe, expect, test } from 'vitest';
import { ITEM_SYSTEM, LOINC_SYSTEM } from '../../../src/catalogue/items/find-items.ts';
import { EQUIVALENCES, EXPLAINED } from '../../../src/catalogue/mappings/equivalence.rules.ts';
import { findLocalCodes, findMappedCodes } from '../../../src/catalogue/mappings/find-mappings.ts';
import { findNearestItems } from '../../../src/catalogue/mappings/find-nearest-items.ts';
import { findSensitiveCodes } from '../../../src/catalogue/mappings/find-sensitive-codes.ts';
import { decodeId } from '../../../src/resources/resource-id.ts';
import { type CallingSystem, useGateway } from '../../support/gateway.ts';
import { publish } from '../../support/recognition.ts';
import { type Person, somebody } from '../../support/reports.ts';
import { statementsOf } from '../../support/statements.ts';
import { LIS, put } from './mappings.ts';
import { connectAsOwner } from './owner.ts';

const gateway = useGateway();

/** An item for every equivalence, so that each can be told by it. */
const ITEM_OF: Readonly<Record<string, string>> = {
  relatedto: 'WBC',
  equivalent: 'HGB',
  equal: 'PLT',
  wider: 'ALT',
  subsumes: 'AST',
  narrower: 'CRP',
  specializes: 'TP',
  inexact: 'ALB',
  disjoint: 'GLU',
};

const EVERY_WAY = EQUIVALENCES.filter((it) => it !== 'unmatched').map((equivalence) => ({
  code: `L-${equivalence}`,
  item: ITEM_OF[equivalence] ?? '',
  equivalence,
  ...(EXPLAINED.includes(equivalence) ? { comment: '组套' } : {}),
}));

async function personOf(source: CallingSystem, person: Person): Promise<bigint> {
  return decodeId(await publish(source, { person }))?.person ?? 0n;
}

describe('what a local code of the asking institution stands for', () => {
  test('by the meaning of the equivalence: an order asks for what it is, and for what it contains', async () => {
    const hospital = await gateway.register();
    expect((await put(hospital, EVERY_WAY)).status).toBe(200);

    const found = await findLocalCodes(
      gateway.db,
      hospital.institution,
      EVERY_WAY.map((it) => it.code),
    );

    expect(found.map((it) => it.asked).toSorted()).toEqual(
      ['equal', 'equivalent', 'narrower', 'specializes', 'subsumes', 'wider'].map((it) => `L-${it}`),
    );
  });

  test('with its system or without, a panel with all its items, by the newest revision and of this institution alone', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    await put(hospital, [{ code: 'OLD', item: 'WBC' }]);
    await put(hospital, [
      { code: 'P', item: 'HGB', equivalence: 'narrower', comment: '组套' },
      { code: 'P', item: 'WBC', equivalence: 'narrower', comment: '组套' },
      { code: 'X', item: 'WBC' },
      { code: 'X', system: 'urn:ris', item: 'CT-CHEST-PLAIN' },
    ]);
    await put(other, [{ code: 'P', item: 'PLT' }]);

    expect(
      new Map(
        (await findLocalCodes(gateway.db, hospital.institution, ['P', `${LIS}|P`, 'X', 'urn:ris|X', 'urn:ris|P', 'OLD', '', '|'])).map(
          (it) => [it.asked, it.items],
        ),
      ),
    ).toEqual(
      new Map([
        ['P', ['HGB', 'WBC']],
        [`${LIS}|P`, ['HGB', 'WBC']],
        ['X', ['CT-CHEST-PLAIN', 'WBC']],
        ['urn:ris|X', ['CT-CHEST-PLAIN']],
      ]),
    );
    expect(await findLocalCodes(gateway.db, hospital.institution, [])).toEqual([]);
  });
});

describe('the local codes by which a result is one of an item', () => {
  test('only of institutions that published about the persons, only with a counting equivalence', async () => {
    const [source, second, stranger] = [await gateway.register(), await gateway.register(), await gateway.register()];
    for (const it of [source, second, stranger]) await put(it, EVERY_WAY);
    const person = somebody();
    const persons = [await personOf(source, person)];
    await publish(stranger, { person: somebody() });

    const of = async (items: readonly string[]) => await findMappedCodes(gateway.db, persons, items);
    expect(await of(Object.values(ITEM_OF))).toEqual(
      ['L-equal', 'L-equivalent', 'L-subsumes', 'L-wider'].map((code) => ({
        institution: source.institution,
        code: `${LIS}|${code}`,
        item: ITEM_OF[code.slice(2)],
      })),
    );
    expect(await of(['WBC'])).toEqual([]);
    expect(await of([])).toEqual([]);
    expect(await findMappedCodes(gateway.db, [], ['HGB'])).toEqual([]);

    await publish(second, { person });
    expect((await of(['HGB'])).map((it) => it.institution)).toEqual([source.institution, second.institution].toSorted((a, b) => a - b));
    await put(source, []);
    expect((await of(['HGB'])).map((it) => it.institution)).toEqual([second.institution]);
  });

  test('one statement, and no row more, however many institutions of the region map the item', async () => {
    const source = await gateway.register();
    await put(source, EVERY_WAY);
    const persons = [await personOf(source, somebody())];
    const rows = async () => (await findMappedCodes(gateway.db, persons, ['HGB'])).length;
    expect(await rows()).toBe(1);
    const owner = await connectAsOwner(gateway.databaseUrl);
    try {
      await owner.query(`insert into mapping_loads select i, 1, now(), '', 1, null from generate_series(100000, 103000) i`);
      await owner.query(
        `insert into mappings select i, 1, '${LIS}', 'L', null, 'HGB', 'equal', null, 1 from generate_series(100000, 103000) i`,
      );
      await owner.query('analyze mappings, mapping_loads');
    } finally {
      await owner.end();
    }
    expect(await statementsOf(rows)).toEqual(['find-mapped-codes']);
    expect(await rows()).toBe(1);
  });
});

describe('sensitive codes', () => {
  test('item, LOINC and local codes of the sensitive items in force, in whatever way they relate, but not by being none of it', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    const at = new Date();
    const owner = await connectAsOwner(gateway.databaseUrl);
    try {
      await owner.query(`update catalogue_items set sensitivity = 'HIV' where code = 'HGB'`);
      await owner.query(`update catalogue_items set sensitivity = 'STD' where code in ('CRP', 'GLU')`);
    } finally {
      await owner.end();
    }
    await put(hospital, [...EVERY_WAY, { code: 'L-narrower', item: 'HGB', equivalence: 'narrower', comment: '组套' }]);
    await put(other, [{ code: 'OTHER', item: 'HGB' }]);

    const codes = await findSensitiveCodes(gateway.db, hospital.institution, at);

    expect(codes.get(`${ITEM_SYSTEM}|HGB`)).toEqual(['HIV']);
    expect(codes.get(`${LOINC_SYSTEM}|718-7`)).toEqual(['HIV']);
    expect(codes.get(`${LIS}|L-equivalent`)).toEqual(['HIV']);
    // A panel of two kinds says both: a permit for one of them does not open it.
    expect([...(codes.get(`${LIS}|L-narrower`) ?? [])].sort()).toEqual(['HIV', 'STD']);
    expect(codes.has(`${LIS}|L-disjoint`)).toBe(false);
    expect(codes.has(`${LIS}|L-equal`)).toBe(false);
    expect(codes.has(`${LIS}|OTHER`)).toBe(false);
    expect((await findSensitiveCodes(gateway.db, hospital.institution, new Date('2020-01-01'))).size).toBe(0);
  });
});

test('an unknown code of a check is answered with the items it most likely means', async () => {
  const nearest = await findNearestItems(gateway.db, ['urn:lis|wbc', '白细胞计数', 'ZZZ-999'], new Date());
  expect([...nearest].map(([asked, items]) => [asked, items[0]?.item])).toEqual([
    ['urn:lis|wbc', 'WBC'],
    ['白细胞计数', 'WBC'],
    ['ZZZ-999', undefined],
  ]);
  expect((await findNearestItems(gateway.db, [], new Date())).size).toBe(0);
});
