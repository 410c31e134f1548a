import type { IncomingMessage, RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { and, eq, ne } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { accessLog } from '../../../src/access-log/access-log.tables.ts';
import { EhrReader, EhrUnreadable } from '../../../src/recognition/cds-hooks/ehr-reader.ts';
import { bundleOf, cdsClient, contextOf, draftOrder, PATIENT_ID, PRACTITIONER } from '../../support/cds.ts';
import { useGateway } from '../../support/gateway.ts';
import { useLocalServers } from '../../support/local-servers.ts';
import { permit, publish } from '../../support/recognition.ts';
import { patientOf, somebody } from '../../support/reports.ts';

const logged: string[] = [];
const gateway = useGateway({ logLevel: 'trace', logStream: { write: (line) => void logged.push(line) } });

const servers = useLocalServers();

/** The FHIR server of a hospital, on this machine; answers its base address, and what it was asked. */
async function serve(listener: RequestListener): Promise<{ base: string; asked: IncomingMessage[] }> {
  const { origin, asked } = await servers.serve(listener);
  return { base: `${origin}/fhir`, asked };
}

/** Answers each address with its resource, and any other with 404. */
const resourcesAt =
  (resources: Readonly<Record<string, unknown>>): RequestListener =>
  (request, response) => {
    const resource = resources[request.url ?? ''];
    response.writeHead(resource === undefined ? 404 : 200, { 'content-type': 'application/fhir+json' });
    response.end(JSON.stringify(resource ?? { resourceType: 'OperationOutcome', issue: [] }));
  };

const TOKEN = 'token-of-the-ehr';
const authorization = { access_token: TOKEN, token_type: 'Bearer', expires_in: 300, scope: 'patient/*.read', subject: 'tongjian' };

/** A patient with a recognisable result, and the call of a client that sends nothing along. */
async function scene(fhirServer: string | undefined, context: Record<string, unknown> = {}) {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person });
  await permit(receiver, person);
  const client = await cdsClient(gateway.app, receiver, fhirServer === undefined ? {} : { fhirServer });
  const call = (more: Record<string, unknown> = {}) =>
    client.call({
      hook: 'order-sign',
      context: contextOf({ draftOrders: bundleOf(draftOrder('o1', 'WBC')), ...context }),
      ...(fhirServer === undefined ? {} : { fhirServer, fhirAuthorization: authorization }),
      ...more,
    });
  return { person, client, call };
}

/** What the client did; that its consent was asked for is an entry of its own. */
const loggedBy = (client: { client: string }) =>
  gateway.db
    .select()
    .from(accessLog)
    .where(and(eq(accessLog.client, client.client), ne(accessLog.interaction, 'decideConsent')));

describe('what was not sent along is read from the registered FHIR server', () => {
  test('patient and clinician, with the token of the call', async () => {
    const resources: Record<string, unknown> = { '/fhir/Practitioner/doc-1': PRACTITIONER };
    const { base, asked } = await serve(resourcesAt(resources));
    const { person, client, call } = await scene(base);
    resources[`/fhir/Patient/${PATIENT_ID}`] = patientOf(person, { id: PATIENT_ID });

    const answer = await call();

    expect(answer.body.cards).toHaveLength(1);
    expect(asked.map((it) => it.url).sort()).toEqual([`/fhir/Patient/${PATIENT_ID}`, '/fhir/Practitioner/doc-1']);
    expect(asked.map((it) => it.headers)).toMatchObject(
      asked.map(() => ({ authorization: `Bearer ${TOKEN}`, accept: 'application/fhir+json', 'accept-encoding': 'identity' })),
    );
    expect(await loggedBy(client)).toMatchObject([{ practitionerValue: 'D-2002', practitionerName: '林敏' }]);
  });

  test('also where the address is written with a slash at its end', async () => {
    const resources: Record<string, unknown> = {};
    const { base } = await serve(resourcesAt(resources));
    const { person, call } = await scene(base);
    resources[`/fhir/Patient/${PATIENT_ID}`] = patientOf(person, { id: PATIENT_ID });

    expect((await call({ fhirServer: `${base}/` })).body.cards).toHaveLength(1);
  });

  test('where the prefetch has an OperationOutcome in its place', async () => {
    const resources: Record<string, unknown> = {};
    const { base } = await serve(resourcesAt(resources));
    const { person, call } = await scene(base);
    resources[`/fhir/Patient/${PATIENT_ID}`] = patientOf(person, { id: PATIENT_ID });

    const answer = await call({ prefetch: { patient: { resourceType: 'OperationOutcome', issue: [] } } });

    expect(answer.body.cards).toHaveLength(1);
  });

  test('the Practitioner of a PractitionerRole', async () => {
    const role = { resourceType: 'PractitionerRole', id: 'role-1', practitioner: { reference: 'Practitioner/doc-1', display: '林医生' } };
    const resources: Record<string, unknown> = { '/fhir/PractitionerRole/role-1': role, '/fhir/Practitioner/doc-1': PRACTITIONER };
    const { base } = await serve(resourcesAt(resources));
    const { person, client, call } = await scene(base, { userId: 'PractitionerRole/role-1' });
    resources[`/fhir/Patient/${PATIENT_ID}`] = patientOf(person, { id: PATIENT_ID });

    await call();
    delete resources['/fhir/Practitioner/doc-1'];
    await call();

    expect(await loggedBy(client)).toMatchObject([
      { practitionerValue: 'D-2002', practitionerName: '林敏' },
      { practitionerSystem: client.issuer, practitionerValue: 'PractitionerRole/role-1', practitionerName: '林医生' },
    ]);
  });

  test('and a clinician who is not there is named as the calling system names its users', async () => {
    const resources: Record<string, unknown> = {};
    const { base } = await serve(resourcesAt(resources));
    const { person, client, call } = await scene(base);
    resources[`/fhir/Patient/${PATIENT_ID}`] = patientOf(person, { id: PATIENT_ID });

    expect((await call()).status).toBe(200);

    expect(await loggedBy(client)).toMatchObject([
      { practitionerSystem: client.issuer, practitionerValue: 'Practitioner/doc-1', practitionerName: 'Practitioner/doc-1' },
    ]);
  });

  test('where there is no such patient there is no card', async () => {
    const { base } = await serve(resourcesAt({}));
    const { call } = await scene(base);

    expect(await call()).toMatchObject({ status: 200, text: '{"cards":[]}' });
  });

  test('what was sent along is not read again', async () => {
    const { base, asked } = await serve(resourcesAt({}));
    const { person, call } = await scene(base);

    const answer = await call({ prefetch: { patient: patientOf(person, { id: PATIENT_ID }), user: null } });

    expect(answer.body.cards).toHaveLength(1);
    expect(asked).toEqual([]);
  });
});

describe('412', () => {
  test('without a prefetch and without a FHIR server', async () => {
    const { call } = await scene(undefined);

    expect(await call()).toMatchObject({
      status: 412,
      body: { code: 'precondition-failed', errors: [{ path: 'prefetch.patient' }] },
    });
  });

  test('for a FHIR server that is not the registered one, which is never called', async () => {
    const [own, foreign] = [await serve(resourcesAt({})), await serve(resourcesAt({}))];
    const { call } = await scene(own.base);

    for (const fhirServer of [foreign.base, `${own.base}/../other`, `${own.base}@127.0.0.1`, own.base.replace('/fhir', '')]) {
      expect(await call({ fhirServer })).toMatchObject({ status: 412 });
    }
    expect([...own.asked, ...foreign.asked]).toEqual([]);
  });

  test('where the registered FHIR server is named, but no token is brought', async () => {
    const { base, asked } = await serve(resourcesAt({}));
    const { call } = await scene(base);

    expect(await call({ fhirAuthorization: undefined })).toMatchObject({ status: 412 });
    expect(asked).toEqual([]);
  });

  test.for<[string, RequestListener]>([
    ['refuses the token', (_, response) => response.writeHead(401).end('{}')],
    ['breaks down', (_, response) => response.writeHead(500).end('{}')],
    ['redirects', (_, response) => response.writeHead(302, { location: `/fhir/Patient/${PATIENT_ID}?again` }).end()],
    ['answers a page', (_, response) => response.end('<html>')],
    ['answers nothing', (_, response) => response.end()],
    ['answers another type', (_, response) => response.end('{"resourceType":"Group"}')],
    ['answers a list', (_, response) => response.end('[]')],
    ['answers too much', (_, response) => response.end(JSON.stringify({ resourceType: 'Patient', x: 'x'.repeat(300_000) }))],
    ['answers without end', (_, response) => void setInterval(() => response.write(' '.repeat(16_384)), 1).unref()],
    [
      'answers compressed',
      (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(`{"resourceType":"Patient","id":"${PATIENT_ID}"}`)),
    ],
    ['breaks off', (request) => request.socket.destroy()],
    ['says nothing', () => undefined],
  ])('where the registered FHIR server %s', async ([, listener]) => {
    const { base } = await serve(listener);
    const { call } = await scene(base);

    const answer = await call();

    expect(answer).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    expect(answer.text).not.toContain(base);
  });

  test('is in the access log under the client', async () => {
    const { call, client } = await scene(undefined);
    await call();

    expect(await loggedBy(client)).toMatchObject([{ interaction: 'callCdsService', outcome: 4, failure: 'precondition-failed' }]);
  });
});

test('a name that points inside is not read from where private addresses are not allowed', async () => {
  const { base, asked } = await serve(resourcesAt({ '/fhir/Patient/1': { resourceType: 'Patient' } }));
  const [open, closed] = [new EhrReader(true), new EhrReader(false)];
  const access = { baseUrl: base.replace('127.0.0.1', 'localhost'), accessToken: TOKEN };

  await expect(closed.open(access)('Patient', '1')).rejects.toThrow(EhrUnreadable);
  expect(asked).toEqual([]);
  await open.open({ ...access, baseUrl: base })('Patient', '1');
  expect(asked).toHaveLength(1);
  await Promise.all([open.close(), closed.close()]);
});

test('the logs hold neither tokens nor anything of the patient', async () => {
  const resources: Record<string, unknown> = { '/fhir/Practitioner/doc-1': PRACTITIONER };
  const { base } = await serve(resourcesAt(resources));
  const { person, call } = await scene(base);
  resources[`/fhir/Patient/${PATIENT_ID}`] = patientOf(person, { id: PATIENT_ID });
  await call();
  await call({ fhirServer: 'https://other.example' });

  const text = logged.join('');
  expect(text).toContain('callCdsService');
  for (const it of [TOKEN, person.idCard, person.name, PATIENT_ID, 'D-2002', '林敏', base]) expect(text).not.toContain(it);
});
