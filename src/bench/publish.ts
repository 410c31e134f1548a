import pg from 'pg';
import type { Growth } from './measure.ts';
import { FIRST_PERSONS, numbersFrom, patientNumber } from './people.ts';
import { bundleText, HOSPITALS, laboratoryReport, type Publication, RESULTS } from './publication.ts';
import { forEach, placesOf, publishPatients, publishReport } from './publish-through.ts';
import { columnsOf, INSERT_RESOURCES, insertReferencePatients } from './reference-tables.ts';
import { expectOk, type Hospital, openWays, type Stage } from './stage.ts';
import { countStatements } from './statements.ts';
import type { Subject, Work } from './subject.ts';
import { tableBytes } from './table-bytes.ts';

const PIECES_COUNTED = 20;
/** Sizes of report between which the number of statements must not differ. */
const SMALL = 5;
const LARGE = 60;

/** What publishing costs beside time. */
export interface PublishCosts {
  /** Bytes of one publication as it is sent. */
  readonly sentBytes: number;
  /** Bytes on disk of one publication, tables and indexes: of the gateway's tables, and of the bare table of the references. */
  readonly diskBytes: number;
  readonly referenceDiskBytes: number;
  /** Statements for a report of 5 and of 60 results; absent where the server does not count them. */
  readonly statements: Growth | undefined;
}

/** The work, and what it is about. */
export interface Publishing {
  readonly work: Work;
  /** Ids of the Patients that are published about. */
  readonly patients: readonly string[];
  costs(): Promise<PublishCosts>;
  close(): Promise<void>;
}

/**
 * W1: a transaction of 20 Observations and 1 DiagnosticReport of a known patient, beside the same bytes by one bare multi-row insert, and
 * beside a route that only parses, looks the patient up and inserts.
 */
export async function preparePublish(stage: Stage): Promise<Publishing> {
  const { database, crowd, say } = stage;
  const persons = crowd.publish;
  const { client, bare, close } = openWays(stage);
  const pool = new pg.Pool({ connectionString: database.url, max: stage.clients });
  // The database may be started again in between.
  pool.on('error', () => undefined);

  say(`  ${persons} persons become patients of ${HOSPITALS} hospitals`);
  const numbers = numbersFrom(FIRST_PERSONS.publish, persons);
  await insertReferencePatients(database.session, numbers);
  const patients: string[] = [];
  await forEach(stage, 'patients', [...stage.hospitals.entries()], async ([index, hospital]) => {
    const own = numbers.filter((it) => it % HOSPITALS === index);
    patients.push(...(await publishPatients(client, hospital, own)));
  });
  // As a database in service has been by its own housekeeping.
  await database.session.query('vacuum analyze');
  const empty = { ours: await tableBytes(database.session, 'public'), reference: await tableBytes(database.session, 'reference') };

  let number = 0;
  const next = (results = RESULTS): Publication => laboratoryReport(++number, (number * 7_919) % persons, results);
  const published = { ours: 0, reference: 0 };

  const ours: Subject = {
    name: 'Tongjian',
    server: stage.gateway,
    once: async () => {
      const publication = next();
      const hospital = stage.hospitals[publication.hospital] as Hospital;
      const { body } = await client.send(hospital, { method: 'POST', path: '/fhir', body: bundleText(publication) });
      placesOf(body, publication.entries.length);
      published.ours += 1;
      return body.length;
    },
  };
  const rawInsert: Subject = {
    name: 'one raw multi-row insert',
    server: undefined,
    once: async () => {
      const { entries, person } = next();
      const columns = columnsOf(entries, person, patientNumber(person), new Date());
      const { rowCount } = await pool.query({ name: 'insert', text: INSERT_RESOURCES, values: [...columns] });
      published.reference += 1;
      return rowCount ?? 0;
    },
  };
  const bareRoute: Subject = {
    name: 'bare publish route',
    server: stage.references,
    once: async () => {
      const publication = next();
      const headers = { 'content-type': 'application/fhir+json' };
      const { body } = expectOk(await bare.send({ method: 'POST', path: '/', headers, body: bundleText(publication) }));
      placesOf(body, publication.entries.length);
      published.reference += 1;
      return body.length;
    },
  };

  const sentBytes = Buffer.byteLength(bundleText(laboratoryReport(0, 0)));
  const countFor = async (results: number): Promise<number> => {
    const { perPiece } = await countStatements(database.session, PIECES_COUNTED, async () => {
      const publication = next(results);
      await publishReport(client, stage.hospitals[publication.hospital] as Hospital, publication);
    });
    return perPiece;
  };
  return {
    patients,
    work: {
      name: 'publish',
      about: `transaction of ${RESULTS} Observations and 1 DiagnosticReport, ${(sentBytes / 1_000).toFixed(1)} kB`,
      ours,
      references: [bareRoute, rawInsert],
    },
    costs: async () => ({
      sentBytes,
      diskBytes: ((await tableBytes(database.session, 'public')) - empty.ours) / published.ours,
      referenceDiskBytes: ((await tableBytes(database.session, 'reference')) - empty.reference) / published.reference,
      statements: database.countsStatements ? { small: await countFor(SMALL), large: await countFor(LARGE) } : undefined,
    }),
    close: async () => {
      close();
      await pool.end();
    },
  };
}
