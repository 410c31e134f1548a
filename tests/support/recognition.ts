import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ITEM_SYSTEM } from '../../src/catalogue/items/find-items.ts';
import type { Answer, CallingSystem } from './gateway.ts';
import { beijing, bloodCount, ID_CARD, type Person, patientOf, REPORT_NUMBER, type ReportWish } from './reports.ts';

/** A patient's permit for one institution, recorded by it; answers with the logical id of the consent. */
export async function permit(grantee: CallingSystem, person: Person, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await grantee.post('/v1/consents', {
    patient: { identifier: { system: ID_CARD, value: person.idCard }, name: person.name, birthDate: person.birthDate },
    decision: 'permit',
    grantee: { uscc: grantee.uscc },
    method: 'on-site-id-card',
    ...more,
  });
  if (answer.status !== 201) throw new Error(`no consent: ${answer.text}`);
  return answer.body.id as string;
}

/** Publishes a blood count under a fresh number; answers with the id of the report. */
export async function publish(source: CallingSystem, wish: Omit<ReportWish, 'number'> & { number?: string }): Promise<string> {
  return publishBundle(source, bloodCount({ number: randomUUID(), ...wish }));
}

/** What an examination's study is like; available, and with an Endpoint, unless said otherwise. */
interface StudyWish {
  readonly status?: string;
  readonly hasEndpoint?: boolean;
}

/** Publishes a report that is a result itself, coded by the project's item code, with one ImagingStudy. */
export async function publishExamination(
  source: CallingSystem,
  person: Person,
  item: string,
  at: Date,
  { status = 'available', hasEndpoint = true }: StudyWish = {},
): Promise<string> {
  const [report, study, patient, endpoint] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()].map((it) => `urn:uuid:${it}`);
  const archive = {
    resourceType: 'Endpoint',
    status: 'active',
    connectionType: { system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type', code: 'dicom-wado-rs' },
    payloadType: [{ text: 'DICOM WADO-RS' }],
    address: 'https://pacs.example/dicomweb',
  };
  const resources = [
    ...(hasEndpoint ? ([[endpoint, archive, { method: 'POST', url: 'Endpoint' }]] as const) : []),
    [patient, patientOf(person), { method: 'POST', url: 'Patient', ifNoneExist: `identifier=${ID_CARD}|${person.idCard}` }],
    [
      report,
      {
        resourceType: 'DiagnosticReport',
        identifier: [{ system: REPORT_NUMBER, value: randomUUID() }],
        status: 'final',
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'RAD' }] }],
        code: { coding: [{ system: ITEM_SYSTEM, code: item }] },
        subject: { reference: patient },
        effectiveDateTime: beijing(at),
        issued: beijing(at),
        imagingStudy: [{ reference: study }],
        conclusion: '双肺未见明显异常',
      },
      { method: 'POST', url: 'DiagnosticReport' },
    ],
    [
      study,
      {
        resourceType: 'ImagingStudy',
        status,
        subject: { reference: patient },
        started: beijing(at),
        ...(hasEndpoint ? { endpoint: [{ reference: endpoint }] } : {}),
      },
      { method: 'POST', url: 'ImagingStudy' },
    ],
  ] as const;
  return publishBundle(
    source,
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: resources.map(([fullUrl, resource, request]) => ({ fullUrl, resource, request })),
    }),
  );
}

export async function publishBundle(source: CallingSystem, bundle: string): Promise<string> {
  const answer = await source.post('/fhir', bundle);
  if (answer.status !== 200) throw new Error(`not published: ${answer.text}`);
  const entries = answer.body.entry as { response: { location: string } }[];
  const location = entries.map((it) => it.response.location).find((it) => it.includes('DiagnosticReport/'));
  return /DiagnosticReport\/([^/]+)/.exec(location ?? '')?.[1] ?? '';
}

/**
 * Changes items in every edition of a test file's own database, by the columns of their rows, as nobody but its owner may. An item that is not
 * there is made like the leukocytes.
 */
export async function amendCatalogue(databaseUrl: string, items: Readonly<Record<string, Record<string, unknown>>>): Promise<void> {
  const owner = new pg.Client({ connectionString: databaseUrl });
  await owner.connect();
  try {
    for (const [code, change] of Object.entries(items)) {
      const rowsOf = async (of: string) =>
        (await owner.query<{ row: object }>('select to_jsonb(it) as row from catalogue_items it where code = $1', [of])).rows.map(
          (it) => it.row,
        );
      const known = await rowsOf(code);
      const rows = known.length > 0 ? known : (await rowsOf('WBC')).map((it) => ({ ...it, code, loinc: null, panels: [] }));
      await owner.query('delete from catalogue_items where code = $1', [code]);
      await owner.query('insert into catalogue_items select * from jsonb_populate_recordset(null::catalogue_items, $1::jsonb)', [
        JSON.stringify(rows.map((it) => ({ ...it, ...change }))),
      ]);
    }
    // As whoever loads an edition does.
    await owner.query(
      'insert into reference_changes values (true, gen_random_uuid()) on conflict (sole) do update set change = excluded.change',
    );
  } finally {
    await owner.end();
  }
}

/** Asks at order entry about a patient by identity card. */
export async function check(
  receiver: CallingSystem,
  person: Person,
  items: readonly string[] | undefined,
  more: Record<string, unknown> = {},
  headers: Record<string, string | undefined> = {},
): Promise<Answer> {
  return receiver.post(
    '/v1/recognition-checks',
    {
      patient: { identifier: { system: ID_CARD, value: person.idCard } },
      setting: 'outpatient',
      trigger: items ? 'order-entry' : 'patient-opened',
      ...(items ? { items } : {}),
      ...more,
    },
    headers,
  );
}
