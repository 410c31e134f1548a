import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { cdsClient, draftOrder, PATIENT_VIEW, signing } from '../../support/cds.ts';
import { useGateway } from '../../support/gateway.ts';
import { permit, publish } from '../../support/recognition.ts';
import { somebody } from '../../support/reports.ts';
import { folderOf, isThere } from '../../support/testdata.ts';

const gateway = useGateway();

const sample = async (name: string) => JSON.parse(await readFile(new URL(`cdshooks-${name}-good.json`, folderOf('cdshooks')), 'utf8'));

/** A request as a client sends it that has read our discovery: what it has, under our keys. */
async function requestOf(name: string) {
  const { prefetch, ...request } = await sample(name);
  return { ...request, prefetch: { patient: prefetch.item1 ?? prefetch.patientToGreet, user: null } };
}

/** The form of a value: of every member its type, of lists the form of all their elements together. */
function formsOf(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((it) => formsOf(it, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([name, member]) => formsOf(member, `${path}.${name}`));
}

describe.runIf(isThere('cdshooks'))('published CDS Hooks samples', () => {
  test.for(['request-patient-view', 'request-pv', 'request-order-select', 'request-order-sign'])(
    '%s is answered with cards',
    async (name) => {
      const client = await cdsClient(gateway.app, await gateway.register());

      const answer = await client.call(await requestOf(name));

      expect(answer).toMatchObject({ status: 200, body: { cards: [] } });
    },
  );

  test.for(['request-patient-view', 'request-pv'])(
    '%s as it is lacks the patient under our key, and its server is not ours to call',
    async (name) => {
      const client = await cdsClient(gateway.app, await gateway.register());

      expect(await client.send('POST', PATIENT_VIEW, await sample(name))).toMatchObject({ status: 412 });
    },
  );

  test.for(['request-order-select', 'request-order-sign'])(
    '%s as it is orders nothing of the list, so that nothing is missing',
    async (name) => {
      const client = await cdsClient(gateway.app, await gateway.register());

      expect(await client.call(await sample(name))).toMatchObject({ status: 200, text: '{"cards":[]}' });
    },
  );

  test('the services have the form of those of the sample', async () => {
    const client = await cdsClient(gateway.app, await gateway.register());
    const known = new Set(formsOf(await sample('services'), '').map((it) => it.replace(/prefetch\.\w+/, 'prefetch')));

    const { body } = await client.send('GET', '/cds-services');

    const forms = new Set(formsOf(body, '').map((it) => it.replace(/prefetch\.\w+/, 'prefetch')));
    expect([...forms].filter((it) => !known.has(it))).toEqual([]);
  });

  test('cards have the form of those of the samples', async () => {
    const [source, receiver] = [await gateway.register(), await gateway.register()];
    const client = await cdsClient(gateway.app, receiver);
    const person = somebody();
    await publish(source, { person });
    await permit(receiver, person);
    const suggestion = JSON.parse(await readFile(new URL('cdshooks-response-suggestion.json', folderOf('cdshooks')), 'utf8'));
    const known = new Set([...formsOf(await sample('response'), ''), ...formsOf(suggestion, '')]);

    const { body } = await client.call(signing(person, [draftOrder('o1', 'WBC')]));

    // What the samples have no example of, as CDS Hooks 2.0 names it.
    const further = ['selectionBehavior', 'suggestions[].uuid', 'suggestions[].isRecommended', 'suggestions[].actions[].resourceId'];
    const other = [...new Set(formsOf(body, ''))].filter((it) => !known.has(it)).map((it) => it.replace(/^\.cards\[\]\.(.*):.*$/, '$1'));
    expect(other.sort()).toEqual(further.sort());
  });
});
