import { expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

/** A hospital with a code system of so many codes, and value sets of all of them. */
async function publisher(codes: number, valueSets: number) {
  const hospital = await gateway.register();
  const system = `urn:system:${hospital.uscc}`;
  const concept = Array.from({ length: codes }, (_, at) => ({ code: `c${at}` }));
  await hospital.post('/fhir/CodeSystem', { resourceType: 'CodeSystem', url: system, status: 'active', content: 'complete', concept });
  const urls = Array.from({ length: valueSets }, (_, at) => `urn:set:${hospital.uscc}:${at}`);
  for (const url of urls) {
    const { status } = await hospital.post('/fhir/ValueSet', {
      resourceType: 'ValueSet',
      url,
      status: 'active',
      compose: { include: [{ system }] },
    });
    expect(status).toBe(201);
  }
  const code = { coding: [{ system, code: 'c1' }] };
  await hospital.post('/fhir/Observation', { resourceType: 'Observation', status: 'final', code });
  return { hospital, urls };
}

test('a search names a few value sets, however often', async () => {
  const { hospital, urls } = await publisher(3, 6);
  const search = async (named: readonly string[]) => hospital.get(`/fhir/Observation?${named.map((it) => `code:in=${it}`).join('&')}`);

  expect((await search(Array.from({ length: 40 }, (_, at) => urls[at % 5] as string))).body.total).toBe(1);
  expect(await search(urls)).toMatchObject({ status: 400, body: { issue: [{ code: 'too-costly' }] } });
});

test('a value set of very many codes is listed, and not searched for', async () => {
  const { hospital, urls } = await publisher(20_001, 1);

  expect((await hospital.get(`/fhir/ValueSet/$expand?url=${urls[0]}&count=1`)).body.expansion.total).toBe(20_001);
  const answer = await hospital.get(`/fhir/Observation?code:in=${urls[0]}`);

  expect(answer).toMatchObject({ status: 400, body: { issue: [{ code: 'too-costly' }] } });
});
