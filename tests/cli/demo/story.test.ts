import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoGateway, type DemoOptions, demoCommand } from '../../../src/cli/demo.ts';
import { makeOperator } from '../../../src/cli/operator.ts';
import { startGateway } from '../../support/gateway.ts';
import { type ClonedDatabase, cloneDatabase } from '../../support/template-database.ts';

/** A gateway with an operator, on an address of its own, as the demo finds it. */
async function openGateway(): Promise<{ gateway: DemoGateway; close: () => Promise<void> }> {
  const database: ClonedDatabase = await cloneDatabase();
  const app: FastifyInstance = await startGateway(database.url);
  const operator = await makeOperator(
    database.url,
    { name: '示范市卫生健康委员会', uscc: '11500000MB1670604W', district: '500000', another: false },
    new Date(),
  );
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    gateway: { url, operator },
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

let opened: Awaited<ReturnType<typeof openGateway>>;
beforeAll(async () => {
  opened = await openGateway();
});
afterAll(() => opened?.close());

async function run(options: Partial<DemoOptions>): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await demoCommand(opened.gateway, { seed: 'test', reports: 12, serve: false, ...options }, (line) => lines.push(line));
  return { code, lines };
}

test('the story holds, and holds again on a gateway that has seen it before', async () => {
  const first = await run({});
  expect(first.lines.filter((it) => it.includes('✗') && !it.includes('not recognised'))).toEqual([]);
  expect(first.code).toBe(0);
  expect(first.lines.join('\n')).toMatch(/All \d+ promises checked in this story hold/);

  const second = await run({});
  expect(second.lines.filter((it) => it.includes('✗') && !it.includes('not recognised'))).toEqual([]);
  expect(second.code).toBe(0);
}, 120_000);

test('it ends with an invitation where the gateway stays up: a token and a check that show something', async () => {
  const { code, lines } = await run({ reports: 1, serve: true });
  expect(code).toBe(0);
  const token = lines.find((it) => it.startsWith('TOKEN='))?.slice(6);
  const acting = /-H 'x-acting-practitioner: ([^']+)'/.exec(lines.join('\n'))?.[1] ?? '';
  const body = lines.find((it) => it.startsWith("  -d '"))?.slice(6, -1) ?? '';
  const answer = await fetch(`${opened.gateway.url}/v1/recognition-checks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-acting-practitioner': acting },
    body,
  });
  expect(answer.status).toBe(201);
  const { items } = (await answer.json()) as { items: { verdict: string }[] };
  expect(items.map((it) => it.verdict)).toEqual(['recognisable', 'recognisable', 'recognisable']);
}, 120_000);

test('every entry of foreign Bundles is accounted for: stored, matched or refused with its reason', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tongjian-foreign-'));
  try {
    const practitioner = { resourceType: 'Practitioner', identifier: [{ system: 'urn:test', value: 'P1' }] };
    const ifNoneExist = 'identifier=urn:test|P1';
    const batch = [
      { resource: practitioner, request: { method: 'POST', url: 'Practitioner', ifNoneExist } },
      { resource: practitioner, request: { method: 'POST', url: 'Practitioner', ifNoneExist } },
      { resource: { resourceType: 'Practitioner', meta: {} }, request: { method: 'PUT', url: 'Practitioner/none' } },
    ];
    await writeFile(join(folder, 'practitionerInformation.json'), bundle('batch', batch).replace(',"meta":{}', ''));
    await writeFile(join(folder, 'a-patient.json'), bundle('transaction', patientWithReport()));
    const nobody = [
      { resource: { resourceType: 'DiagnosticReport', status: 'final', code: { text: 'x' } }, request: POST('DiagnosticReport') },
    ];
    await writeFile(join(folder, 'b-refused.json'), bundle('transaction', nobody));
    await writeFile(join(folder, 'c-queries.json'), '{"queries":[]}');
    await writeFile(join(folder, 'd-broken.json'), '{');

    const { code, lines } = await run({ data: folder });

    const row = (file: string) =>
      lines
        .find((it) => it.includes(`${file}.json `))
        ?.trim()
        .split(/\s+/)
        .slice(1);
    expect(row('practitionerInformation')).toEqual(['3', '1', '1', '1']);
    expect(row('a-patient')).toEqual(['3', '3', '0', '0']);
    expect(row('b-refused')).toEqual(['1', '0', '0', '1']);
    expect(
      lines
        .find((it) => it.trim().startsWith('all '))
        ?.trim()
        .split(/\s+/),
    ).toEqual(['all', '7', '4', '1', '2']);
    expect(lines.some((it) => it.includes('b-refused.json: 1 refused, '))).toBe(true);
    expect(lines.filter((it) => it.includes('is left out')).length).toBe(2);
    expect(lines.find((it) => it.includes('Foreign Patient'))).toMatch(/passport .*consent-required .*1 recognisable.* 1 reports/);
    expect(code).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 120_000);

test('a folder without Bundles ends the demo with a word about it', async () => {
  const { code, lines } = await run({ data: '/nowhere' });
  expect(code).toBe(1);
  expect(lines.at(-1)).toContain('There is no FHIR batch or transaction (*.json) in /nowhere');
});

test('an operator nobody registered ends the demo with the complaint of the gateway', async () => {
  const { operator, url } = opened.gateway;
  const lines: string[] = [];
  const options = { seed: '1', reports: 1, serve: false };
  const code = await demoCommand({ url, operator: { ...operator, clientId: 'nobody' } }, options, (line) => lines.push(line));
  expect(code).toBe(1);
  expect(lines.at(-1)).toMatch(/A token for nobody: the gateway answered 40[01] /);
});

test('a gateway that is not there ends the demo with a word about it', async () => {
  const lines: string[] = [];
  const gateway = { ...opened.gateway, url: 'http://127.0.0.1:9' };
  const code = await demoCommand(gateway, { seed: '1', reports: 1, serve: false }, (line) => lines.push(line));
  expect(code).toBe(1);
  expect(lines.at(-1)).toContain('The gateway does not answer');
});

const POST = (url: string) => ({ method: 'POST', url });

function bundle(type: string, entry: readonly object[]): string {
  return JSON.stringify({ resourceType: 'Bundle', type, entry });
}

/** Somebody with a passport and one white cell count of an hour ago. */
function patientWithReport(): object[] {
  const subject = { reference: 'urn:uuid:6f0f8a2e-3c55-4f0e-8f52-0d9f6f0b9d01' };
  const result = 'urn:uuid:6f0f8a2e-3c55-4f0e-8f52-0d9f6f0b9d02';
  const effectiveDateTime = new Date(Date.now() - 3_600_000).toISOString();
  const code = { coding: [{ system: 'http://loinc.org', code: '6690-2' }] };
  const category = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }];
  const passport = {
    type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PPN' }] },
    system: 'urn:test:passport',
    value: 'X100',
  };
  const name = [{ family: 'Patient', given: ['Foreign'] }];
  const valueQuantity = { value: 5, unit: '10*9/L' };
  return [
    {
      resource: {
        resourceType: 'DiagnosticReport',
        status: 'final',
        code: { text: 'CBC' },
        subject,
        effectiveDateTime,
        result: [{ reference: result }],
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB' }] }],
      },
      request: POST('DiagnosticReport'),
    },
    {
      fullUrl: result,
      resource: { resourceType: 'Observation', status: 'final', category, code, subject, effectiveDateTime, valueQuantity },
      request: POST('Observation'),
    },
    {
      fullUrl: subject.reference,
      resource: { resourceType: 'Patient', identifier: [passport], name, birthDate: '1980-02-29' },
      request: POST('Patient'),
    },
  ];
}
