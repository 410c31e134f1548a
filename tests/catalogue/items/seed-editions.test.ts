import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { expect, test } from 'vitest';
import { type CatalogueItem, findItems } from '../../../src/catalogue/items/find-items.ts';
import { findEdition, listEditions } from '../../../src/catalogue/items/item.queries.ts';
import { seedCatalogue } from '../../../src/catalogue/seed-catalogue.ts';
import { openDatabase } from '../../../src/database/client.ts';
import { ensureGatewayRole, GATEWAY_ROLE } from '../../../src/database/gateway-role.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { useGateway } from '../../support/gateway.ts';
import { createEmptyDatabase } from '../../support/template-database.ts';

const gateway = useGateway();

async function itemsOf(edition: string): Promise<readonly CatalogueItem[]> {
  return (await findEdition(gateway.db, edition))?.items ?? [];
}

const codesOf = (items: readonly CatalogueItem[], fits: (it: CatalogueItem) => boolean) => items.filter(fits).map((it) => it.code);

test('the seed editions are loaded once, however many gateways start at once', async () => {
  await Promise.all([1, 2, 3, 4].map(() => seedCatalogue(gateway.db, new Date())));

  const { body } = await (await gateway.register()).get('/v1/catalogue/editions');

  const loaded = { title: expect.any(String), loadedAt: expect.any(String), revision: 1 };
  expect(body.editions).toEqual([
    { ...loaded, edition: 'tongjian-222', effectiveFrom: '2025-09-01', items: 222 },
    { ...loaded, edition: 'tongjian-112', effectiveFrom: '2024-05-01', items: 112 },
  ]);
});

test('the first has 45 laboratory and 67 imaging items, the second all of them and three panels more', async () => {
  const [former, later] = [await itemsOf('tongjian-112'), await itemsOf('tongjian-222')];
  const count = (items: readonly CatalogueItem[], kind: string) => items.filter((it) => it.kind === kind).length;

  expect(['laboratory', 'imaging', 'ecg', 'pathology'].map((it) => count(former, it))).toEqual([45, 67, 0, 0]);
  expect(['laboratory', 'imaging', 'ecg', 'pathology'].map((it) => count(later, it))).toEqual([135, 78, 4, 5]);
  expect(former.map((it) => it.code).filter((code) => !later.some((it) => it.code === code))).toEqual([]);
  expect(former.flatMap((it) => it.panels)).toEqual([]);
});

test('panels answer with their members, and without them where nobody asks for the panel', async () => {
  const now = new Date();
  const { items, members } = await findItems(gateway.db, ['CBC', 'URINALYSIS', 'COAG', 'GLU'], now);

  expect([...members.keys()].toSorted()).toEqual(['CBC', 'COAG', 'URINALYSIS']);
  expect(members.get('CBC')).toEqual(['HCT', 'HGB', 'MCH', 'MCHC', 'MCV', 'PLT', 'RBC', 'WBC']);
  expect(members.get('URINALYSIS')).toHaveLength(10);
  expect(members.get('COAG')).toEqual(['APTT', 'FIB', 'INR', 'PT', 'TT']);
  expect(items.size).toBe(4 + 8 + 10 + 5);
  expect([...(await findItems(gateway.db, ['WBC', 'XXX'], now)).items.keys()]).toEqual(['WBC']);
});

test('what is known of treatment, originals and sensitivity is said', async () => {
  const items = await itemsOf('tongjian-222');

  expect(codesOf(items, (it) => it.originalsRequired)).toEqual(codesOf(items, (it) => it.kind === 'imaging'));
  expect(items.filter((it) => it.sensitivity !== null).map((it) => [it.code, it.sensitivity])).toEqual([
    ['HIV-AB', 'HIV'],
    ['PATH-HPV', 'STD'],
    ['TP-AB', 'STD'],
  ]);
  const withoutTreatment = items.filter(
    (it) => it.windowWithoutTreatment && it.panels.length === 0 && !['CBC', 'URINALYSIS'].includes(it.code),
  );
  expect([...new Set(withoutTreatment.map((it) => it.windowMinutes))].toSorted()).toEqual([10_080, 4_320]);
  expect(withoutTreatment).toHaveLength(28);
  expect(items.find((it) => it.code === 'K')).toMatchObject({ windowMinutes: 10_080, windowWithoutTreatment: false });
  expect(items.find((it) => it.code === 'WBC')).toMatchObject({ windowMinutes: 360, windowWithoutTreatment: true, panels: ['CBC'] });
  expect(items.filter((it) => it.negative !== null)).toEqual([]);
});

test.for<[string, string | null]>([
  ['2024-04-30T15:59:59.999Z', null],
  ['2024-04-30T16:00:00.000Z', 'tongjian-112'],
  ['2025-08-31T15:59:59.999Z', 'tongjian-112'],
  ['2025-08-31T16:00:00.000Z', 'tongjian-222'],
])('at %s (midnight in Beijing is 16:00) %s is in force', async ([at, edition]) => {
  expect((await findItems(gateway.db, ['WBC'], new Date(at))).edition).toBe(edition);
});

/** The migrations that the release had which knew no revisions. */
const FORMER_MIGRATIONS = 3;

async function migrateAsBefore(url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tongjian-former-migrations-'));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await cp(new URL('../../../migrations', import.meta.url), folder, { recursive: true });
    const journal = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as { entries: object[] };
    await writeFile(
      join(folder, 'meta/_journal.json'),
      JSON.stringify({ ...journal, entries: journal.entries.slice(0, FORMER_MIGRATIONS) }),
    );
    await ensureGatewayRole(client);
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
    await client.query("insert into catalogue_editions values ('tongjian-1', 'Former', '2022-03-01', '2026-01-01')");
    await client.query(
      `insert into catalogue_items (edition, code, kind, name_zh, name_en, window_minutes, window_basis)
       values ('tongjian-1', 'WBC', 'laboratory', '白细胞计数', 'Leukocytes', 360, 'sampled')`,
    );
  } finally {
    await client.end();
    await rm(folder, { recursive: true });
  }
}

test('an edition of the release before stays as it was, as its own first revision', async () => {
  const database = await createEmptyDatabase();
  await migrateAsBefore(database.url);

  await migrate(database.url, () => undefined);
  const { db, close } = openDatabase({ url: database.url, poolMax: 4, settings: { role: GATEWAY_ROLE } });
  try {
    await Promise.all([1, 2, 3, 4].map(() => seedCatalogue(db, new Date())));

    expect((await listEditions(db)).map((it) => [it.edition, it.revision, it.effectiveFrom, it.items])).toEqual([
      ['tongjian-222', 1, '2025-09-01', 222],
      ['tongjian-112', 1, '2024-05-01', 112],
      ['tongjian-1', 1, '2022-03-01', 1],
    ]);
    const { edition, items } = await findItems(db, ['WBC'], new Date('2023-01-01'));
    expect([edition, items.get('WBC')]).toEqual([
      'tongjian-1',
      expect.objectContaining({ windowMinutes: 360, windowWithoutTreatment: false, negative: null, panels: [] }),
    ]);
    expect((await findItems(db, ['WBC'], new Date())).edition).toBe('tongjian-222');
  } finally {
    await close();
    await database.drop();
  }
});
