import { afterEach, expect, test } from 'vitest';
import { crossReferenced, freshDomain, revise, store } from '../persons/patients.ts';
import { type Connection, connect, listen } from '../support/connections.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { bloodCount, patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const open: Connection[] = [];
afterEach(() => {
  for (const it of open.splice(0)) it.close();
});

async function connectionsOf(system: CallingSystem, count: number): Promise<readonly Connection[]> {
  const connections = await connect(await listen(gateway.app), system.token, count);
  open.push(...connections);
  return connections;
}

/** So many Patients of a hospital, numbered from 0. */
async function patients(hospital: CallingSystem, system: string, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let it = 0; it < count; it++) ids.push(await store(hospital, { identifier: [{ system, value: `${it}` }] }));
  return ids;
}

/** What a new version says that replaces a Patient by another. */
const replaced = (id: string, system: string, number: number, by: string): string =>
  JSON.stringify({
    resourceType: 'Patient',
    id,
    identifier: [{ system, value: `${number}` }],
    active: false,
    link: [{ type: 'replaced-by', other: { reference: `Patient/${by}` } }],
  });

/** Person keys of Patients, and the pairs that merges join among them. */
async function pairsAmong(ids: readonly string[]): Promise<number> {
  const { rows } = await gateway.db.$client.query(
    'select count(*)::integer as count from merged_persons where person = any($1::bigint[]) and other = any($1::bigint[])',
    [ids.map((it) => BigInt(`0x${it.slice(0, 16)}`).toString())],
  );
  return rows[0].count;
}

test('a chain whose links are all made at once is whole: everybody knows everybody', async () => {
  const hospital = await gateway.register();
  const system = freshDomain();
  const ids = await patients(hospital, system, 8);
  const connections = await connectionsOf(hospital, 7);

  const answers = await Promise.all(
    connections.map((it, index) =>
      it.send('PUT', `/fhir/Patient/${ids[index]}`, replaced(ids[index] as string, system, index, ids[index + 1] as string)),
    ),
  );

  expect(answers.map((it) => it.status)).toEqual(answers.map(() => 200));
  expect(await pairsAmong(ids)).toBe(8 * 7);
  for (let it = 0; it < 7; it++) expect((await crossReferenced(hospital, `${system}|${it}`)).ids).toEqual([ids[7]]);
});

test('two that replace each other at once: one of them stands', async () => {
  const hospital = await gateway.register();
  for (let round = 0; round < 5; round++) {
    const system = freshDomain();
    const [one, other] = (await patients(hospital, system, 2)) as [string, string];
    const [first, second] = (await connectionsOf(hospital, 2)) as [Connection, Connection];

    const answers = await Promise.all([
      first.send('PUT', `/fhir/Patient/${one}`, replaced(one, system, 0, other)),
      second.send('PUT', `/fhir/Patient/${other}`, replaced(other, system, 1, one)),
    ]);

    expect(answers.map((it) => it.status).toSorted((a, b) => a - b)).toEqual([200, 422]);
    const survivor = answers[0]?.status === 200 ? other : one;
    for (const number of [0, 1]) expect((await crossReferenced(hospital, `${system}|${number}`)).ids).toEqual([survivor]);
  }
});

test('a merge, and a publication that shows a document of the same person, at once: all are one person', async () => {
  for (let round = 0; round < 5; round++) {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    const system = freshDomain();
    const person = somebody();
    const [old, survivor] = (await patients(hospital, system, 2)) as [string, string];
    await revise(
      hospital,
      survivor,
      patientOf(person, { identifier: [...(patientOf(person)['identifier'] as object[]), { system, value: '1' }] }),
    );
    const elsewhere = await store(other, { name: [{ text: person.name }] });
    const [merging] = await connectionsOf(hospital, 1);
    const [joining, publishing] = await connectionsOf(other, 2);

    const answers = await Promise.all([
      merging?.send('PUT', `/fhir/Patient/${old}`, replaced(old, system, 0, survivor)),
      joining?.send('PUT', `/fhir/Patient/${elsewhere}`, JSON.stringify({ ...patientOf(person), id: elsewhere })),
      publishing?.send('POST', '/fhir', bloodCount({ person, number: `R-${elsewhere}` })),
    ]);

    expect(answers.map((it) => it?.status)).toEqual([200, 200, 200]);
    await permit(hospital, person);
    const { ids } = await crossReferenced(hospital, `${system}|0`);
    expect(ids).toContain(survivor);
    expect(ids).toContain(elsewhere);
    expect(ids).not.toContain(old);
    const keys = await keysOf(old);
    expect(keys).toEqual(await keysOf(survivor));
    expect(keys).toEqual(await keysOf(elsewhere));
  }
});

/** Every key of the human being that a Patient stands for, as readers see it. */
async function keysOf(id: string): Promise<readonly string[]> {
  const key = BigInt(`0x${id.slice(0, 16)}`).toString();
  const { rows } = await gateway.db.$client.query(
    'select other::text from person_links where person = $1 union select other::text from merged_persons where person = $1',
    [key],
  );
  return [key, ...rows.map((it) => it.other)].toSorted();
}

test('a reader sees a merge or its reversal, and nothing between', async () => {
  const hospital = await gateway.register();
  const system = freshDomain();
  const ids = await patients(hospital, system, 4);
  const [a, b, c, d] = ids as [string, string, string, string];
  await revise(hospital, a, { active: false, link: [{ type: 'replaced-by', other: { reference: `Patient/${b}` } }] });
  await revise(hospital, c, { active: false, link: [{ type: 'replaced-by', other: { reference: `Patient/${d}` } }] });
  const [writer, ...readers] = (await connectionsOf(hospital, 5)) as [Connection, ...Connection[]];

  const seen = new Set<string>();
  let isDone = false;
  const look = async (it: Connection): Promise<void> => {
    while (!isDone) {
      const { status, text } = await it.send('GET', `/fhir/Patient/$ihe-pix?sourceIdentifier=${system}|0`);
      expect(status).toBe(200);
      const parameters: { name: string; valueReference: { reference: string } }[] = JSON.parse(text).parameter;
      seen.add(parameters.flatMap((p) => (p.name === 'targetId' ? [p.valueReference.reference.replace('Patient/', '')] : [])).join());
    }
  };
  const looking = Promise.all(readers.map(look));
  // The survivor of the one chain joins the other and leaves it again, over and over.
  for (let round = 0; round < 10; round++) {
    expect((await writer.send('PUT', `/fhir/Patient/${b}`, replaced(b, system, 1, d))).status).toBe(200);
    const apart = { resourceType: 'Patient', id: b, identifier: [{ system, value: '1' }], active: true };
    expect((await writer.send('PUT', `/fhir/Patient/${b}`, JSON.stringify(apart))).status).toBe(200);
  }
  isDone = true;
  await looking;

  expect([...seen].filter((it) => it !== b && it !== d)).toEqual([]);
  expect(seen).toContain(b);
  expect(await pairsAmong(ids)).toBe(4);
});
