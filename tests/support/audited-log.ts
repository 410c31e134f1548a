import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodeAccessId } from '../../src/access-log/access-entry-id.ts';
import { type AccessRow, insertAccessRows } from '../../src/access-log/access-log.queries.ts';
import { exportAccesses } from '../../src/access-log/export-accesses.ts';
import { NDJSON } from '../../src/access-log/export-forms.ts';
import { accessEntry, InstitutionNames } from '../../src/access-log/show-accesses.ts';
import { leavesAfter, withEntries } from '../../src/access-log/transparency/audit.queries.ts';
import { type AuditQuestion, type AuditReport, auditLog } from '../../src/access-log/transparency/audit-log.ts';
import { findNewestCheckpoint, insertCheckpoint, readLogKeys } from '../../src/access-log/transparency/checkpoint.queries.ts';
import { commitmentOf } from '../../src/access-log/transparency/commitment.ts';
import { databaseEntries, databaseLeaves, databaseLog } from '../../src/access-log/transparency/database-log.ts';
import { type GrowingTree, grow, rootOfTree } from '../../src/access-log/transparency/growing-tree.ts';
import { LogSigner } from '../../src/access-log/transparency/log-signer.ts';
import { leafHash, rootOf } from '../../src/access-log/transparency/merkle-tree.ts';
import { exportEntries } from '../../src/access-log/transparency/read-export.ts';
import { hashesIn, readTiles } from '../../src/access-log/transparency/read-tiles.ts';
import { insertLeaves } from '../../src/access-log/transparency/sequence.queries.ts';
import { openStaticLog } from '../../src/access-log/transparency/static-log.ts';
import { insertTiles } from '../../src/access-log/transparency/tile.queries.ts';
import { HASH_BYTES, hashesOfLevel, TILE_WIDTH, tilePath } from '../../src/access-log/transparency/tile.rules.ts';
import { parseVerifierKey, type VerifierKey, verifierKeyOf } from '../../src/access-log/transparency/verifier-key.ts';
import { openDatabase, type Transaction, transact } from '../../src/database/client.ts';
import { type CallingSystem, PUBLIC_URL, type useGateway } from './gateway.ts';
import { permit, publish } from './recognition.ts';
import { ID_CARD, somebody } from './reports.ts';

/** The key that signs the log of a test, as the operator has it; and what auditors know of it. */
const { privateKey } = generateKeyPairSync('ed25519');
const ORIGIN = 'region.example/audit-log';
export const LOG_KEY = verifierKeyOf(ORIGIN, 'ed25519', privateKey);
export const SIGNED = { auditLogKeys: [privateKey], auditLogOrigin: ORIGIN };
const signer = new LogSigner({ publicUrl: PUBLIC_URL, ...SIGNED });

/** More than any log of a test has. */
const ALL = 100_000;

/** Of an auditor: a checkpoint as it was taken. */
export type OwnCheckpoint = AuditQuestion['own'][number];

/** A log with some of everything in it, put in order in batches; answers with the checkpoints that an auditor took on the way. */
export async function buildLog(gateway: ReturnType<typeof useGateway>, batches: readonly number[]): Promise<readonly OwnCheckpoint[]> {
  const [hospital, other] = [await gateway.register(), await gateway.register()];
  const taken: OwnCheckpoint[] = [];
  for (const [number, count] of batches.entries()) {
    const person = somebody();
    await publish(hospital, { person });
    await permit(other, person);
    await other.get(`/fhir/DiagnosticReport?patient.identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`);
    await insertAccessRows(gateway.db.$client, lookUps(hospital, count));
    await gateway.app.rounds.runAll();
    taken.push({ name: `own-${number}`, note: (await findNewestCheckpoint(gateway.db))?.note ?? '' });
  }
  return taken;
}

/** Look-ups of patients as the recorder writes them, a second after another, the last one a second before `until`. */
export function lookUps({ institution, client }: CallingSystem, count: number, until = new Date()): readonly AccessRow[] {
  return Array.from({ length: count }, (_, at) => ({
    person: BigInt(1_000_000 + (at % 20)),
    recordedAt: new Date(until.getTime() - (count - at) * 1_000),
    id: randomBytes(8).readBigUInt64BE() >> 1n,
    action: 'R',
    interaction: 'readResource',
    outcome: 0,
    failure: null,
    institution,
    client,
    practitionerSystem: 'urn:oid:2.16.156.10011.1.4',
    practitionerValue: `D-${2000 + (at % 7)}`,
    practitionerName: '林敏',
    purpose: 'TREAT',
    reason: null,
    reviewDue: false,
    entities: [`Observation/${randomBytes(16).toString('hex')}/_history/1`],
    consents: [],
    query: null,
    requestId: randomUUID(),
    address: '10.0.0.7',
  }));
}

/** What the owner of the tables does, with what follows from it; all of it is undone at the end. */
export async function tampering<Result>(databaseUrl: string, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const { db, close } = openDatabase({ url: databaseUrl, poolMax: 1 });
  const undone = new Error('undone');
  let result: Result | undefined;
  try {
    await transact(db, async (tx) => {
      result = await work(tx);
      throw undone;
    }).catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  } finally {
    await close();
  }
  return result as Result;
}

/** What an auditor brings along. */
export interface Auditor {
  readonly own?: readonly OwnCheckpoint[];
  readonly keys?: readonly VerifierKey[];
  readonly isPart?: boolean;
}

const quiet = (): void => undefined;

export async function auditDatabase(tx: Transaction, { own = [], keys = [LOG_KEY] }: Auditor = {}): Promise<AuditReport> {
  const question = { log: databaseLog(tx), table: await databaseLeaves(tx), entries: databaseEntries(tx) };
  return await auditLog({ ...question, own, keys, isPart: false }, quiet);
}

/** With a folder and an export alone, without any database. */
export async function auditFiles(folder: string, { own = [], keys = [LOG_KEY], isPart = false }: Auditor = {}): Promise<AuditReport> {
  const question = { log: await openStaticLog(join(folder, 'log')), table: undefined, entries: exportEntries([join(folder, EXPORT)]) };
  return await auditLog({ ...question, own, keys, isPart }, quiet);
}

export const EXPORT = 'access-log.ndjson';

/** Runs the work with a folder of its own. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'tongjian-audit-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes what the exchange gives out of its log as it stands: the export, and the files of the tree. */
export async function giveOut(tx: Transaction, folder: string): Promise<void> {
  await writeExport(folder, await exportLines(tx));
  await writeLog(tx, folder);
}

/** Settled by then: what an open transaction has written is in an export of two days later, whoever looks. */
const LATER_MS = 48 * 3_600_000;

/** The lines of an export with leaves, as the door writes them, without the one at the end. */
export async function exportLines(tx: Transaction): Promise<readonly string[]> {
  const chunks: Buffer[] = [];
  const question = { filter: {}, leaves: true, after: undefined, form: NDJSON };
  for await (const it of exportAccesses(tx, question, new Date(Date.now() + LATER_MS))) chunks.push(it);
  return Buffer.concat(chunks)
    .toString('utf8')
    .split(/(?<=\n)/)
    .slice(0, -1);
}

/** The export of these lines, with an end that fits. */
export async function writeExport(folder: string, lines: readonly string[]): Promise<void> {
  const bytes = lines.join('');
  const end = { entries: lines.length, sha256: createHash('sha256').update(bytes).digest('hex'), until: new Date().toISOString() };
  await writeFile(join(folder, EXPORT), `${bytes}${JSON.stringify({ end })}\n`);
}

export async function writeLog(tx: Transaction, folder: string): Promise<void> {
  const checkpoint = await findNewestCheckpoint(tx);
  if (!checkpoint) return;
  await put(join(folder, 'log', 'checkpoint'), checkpoint.note);
  await put(join(folder, 'log', 'keys'), (await readLogKeys(tx)).map((it) => `${it}\n`).join(''));
  for (let level = 0; hashesOfLevel(checkpoint.size, level) > 0; level += 1) {
    const hashes = hashesOfLevel(checkpoint.size, level);
    for (let index = 0; index * TILE_WIDTH < hashes; index += 1) {
      const tile = { level, index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) };
      const [content = []] = await readTiles(tx, [tile]);
      await put(join(folder, 'log', 'tile', String(level), tilePath(tile)), Buffer.concat(content));
    }
  }
}

async function put(file: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** Changes the row of the entry of this place. */
export async function change({ $client }: Transaction, index: number, set: string): Promise<void> {
  await $client.query(
    `update access_log set ${set} from audit_log_leaves as l
      where l.index = $1 and l.recorded_at = access_log.recorded_at and l.entry = access_log.id`,
    [index],
  );
}

/** Takes the rows of the entries from this place on away. */
export async function removeFrom(tx: Transaction, index: number, until: number): Promise<void> {
  await tx.$client.query(
    `delete from access_log using audit_log_leaves as l
      where l.index >= $1 and l.index < $2 and l.recorded_at = access_log.recorded_at and l.entry = access_log.id`,
    [index, until],
  );
}

/** Adds the row of the entry of this place once more, with something else in these columns; answers the id of the new entry. */
export async function copy(tx: Transaction, index: number, columns: Readonly<Record<string, string>>): Promise<string> {
  const names = ['person', 'recorded_at', 'id', 'action', 'interaction', 'outcome', 'institution', 'client', 'practitioner_system'];
  const all = [...names, 'practitioner_value', 'practitioner_name', 'purpose', 'entities', 'consents', 'request_id', 'address', 'salt'];
  const { rows } = await tx.$client.query<{ at: Date; id: string }>(
    `insert into access_log (${all.join(', ')})
     select ${all.map((it) => columns[it] ?? `access_log.${it}`).join(', ')} from access_log, audit_log_leaves as l
      where l.index = $1 and l.recorded_at = access_log.recorded_at and l.entry = access_log.id
     returning recorded_at as at, id::text`,
    [index],
  );
  const [row] = rows;
  return row ? encodeAccessId({ recordedAt: row.at, id: BigInt(row.id) }) : '';
}

/** The id of the entry of this place. */
export async function entryAt(tx: Transaction, index: number): Promise<string> {
  return (await (await databaseLeaves(tx)).leaf(index))?.entry ?? '';
}

/** Puts a hash into a tile of leaves, and its root with it. */
export async function overwriteTile(tx: Transaction, leaf: number, hash: Buffer): Promise<void> {
  const tile = Math.floor(leaf / TILE_WIDTH);
  const { rows } = await tx.$client.query<{ hashes: Buffer }>('select hashes from audit_log_tiles where level = 0 and index = $1', [tile]);
  const hashes = Buffer.from(rows[0]?.hashes ?? '');
  hash.copy(hashes, (leaf % TILE_WIDTH) * HASH_BYTES);
  await tx.$client.query('update audit_log_tiles set hashes = $2, root = $3 where level = 0 and index = $1', [
    tile,
    hashes,
    rootOf(hashesIn(hashes)),
  ]);
}

/** Makes the hash that the database keeps of a leaf anew from the entry as it stands now. */
export async function recommit(tx: Transaction, index: number): Promise<Buffer> {
  const commitment = (await commitments(tx)).find((it) => it.index === index)?.commitment ?? Buffer.alloc(32);
  await tx.$client.query('update audit_log_leaves set commitment = $2 where index = $1', [index, commitment]);
  return leafHash(commitment);
}

async function commitments(tx: Transaction): Promise<readonly { index: number; recordedAt: Date; entry: bigint; commitment: Buffer }[]> {
  const leaves = await withEntries(tx, await leavesAfter(tx, -1, ALL));
  const names = await new InstitutionNames(tx).of(leaves.flatMap((it) => it.entries.map((row) => ({ ...row, review: undefined }))));
  return leaves.flatMap((leaf) =>
    leaf.entries
      .slice(0, 1)
      .map((row) => ({ ...leaf, commitment: commitmentOf(accessEntry({ ...row, review: undefined }, names), row.salt) })),
  );
}

/** Builds the whole tree anew over the entries as they stand now, and signs every checkpoint again with the real key: the perfect forgery. */
export async function rebuild(tx: Transaction): Promise<void> {
  const leaves = await commitments(tx);
  const { rows } = await tx.$client.query<{ size: string }>('select size from audit_log_checkpoints order by size');
  const sizes = [...rows.map((it) => Math.min(Number(it.size), leaves.length)), leaves.length];
  await tx.$client.query(
    'delete from audit_log_leaves; delete from audit_log_tiles; delete from audit_log_cosignatures; delete from audit_log_checkpoints',
  );
  let tree: GrowingTree = { size: 0, levels: [] };
  for (const size of new Set(sizes)) {
    const added = leaves.slice(tree.size, size);
    await insertLeaves(
      tx,
      added.map((it, place) => ({ ...it, index: BigInt(tree.size + place) })),
    );
    const grown = grow(
      tree,
      added.map((it) => leafHash(it.commitment)),
    );
    tree = grown.tree;
    if (grown.tiles.length > 0) await insertTiles(tx, grown.tiles);
    const root = rootOfTree(tree);
    const signed = await signer.sign(tx, size, root, undefined, new Date());
    await insertCheckpoint(tx, { size, root, note: signed.note, signedAt: new Date() }, signed.vkeys);
  }
}

/** Any key but the log's. */
export function otherKey(): VerifierKey {
  return parseVerifierKey(verifierKeyOf(ORIGIN, 'ed25519', generateKeyPairSync('ed25519').publicKey).vkey) as VerifierKey;
}
