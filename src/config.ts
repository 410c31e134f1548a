import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * What stands between a gateway and PostgreSQL: nothing, or a pooler such as PgBouncer that lends a connection for one transaction. With
 * `transaction` statements go without a name, as every pooler takes them; with `transaction-prepared` they keep it, as PgBouncer takes them from
 * 1.21 on.
 */
export type Pooler = (typeof POOLERS)[number];

const POOLERS = ['none', 'transaction', 'transaction-prepared'] as const;

/** Everything the gateway can be told from outside, checked and with its defaults. Secrets stay inside `databaseUrl`. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Base of every address the gateway hands out, without a trailing slash. */
  readonly publicUrl: string;
  /** Absent: an embedded PostgreSQL under `dataFolder` is used. */
  readonly databaseUrl: string | undefined;
  readonly databasePoolMax: number;
  readonly databasePooler: Pooler;
  readonly limits: Limits;
  /** Read replicas of `databaseUrl`, each reached directly. */
  readonly databaseReplicaUrls: readonly string[];
  /** How long a look-up waits for a replica that has not come far enough yet. */
  readonly databaseReplicaWaitMs: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Whether a JWKS URL may name a private or loopback address, as hospital intranets need. */
  readonly privateJwksUrls: boolean;
  readonly dataFolder: string;
  /** Months that entries of the access log are kept at least; no fewer than the law asks for. */
  readonly accessLogRetentionMonths: number;
  /** The Ed25519 keys that sign the checkpoints of the access log, the current one first; none: one that is kept in the database signs. */
  readonly auditLogKeys: readonly KeyObject[];
  /** The name of the access log in its checkpoints; absent: the one it has, else one made of `publicUrl`. */
  readonly auditLogOrigin: string | undefined;
}

/** What one gateway does at most, and how long it waits. */
export interface Limits {
  /** Connections for reports, beside `databasePoolMax` for everything else, two for what is done by itself and one for news. */
  readonly reportPoolMax: number;
  /** How long a statement may take: at order entry and for a publication, and for a report. */
  readonly statementMs: number;
  readonly reportStatementMs: number;
  /** Requests that are worked on at the same time, and of each class those that wait for it, and how long. */
  readonly requestsAtOnce: number;
  readonly requestsWaiting: number;
  readonly waitMs: number;
  /** Until the headers of a request are there, and until all of it is. */
  readonly headersMs: number;
  readonly receiveMs: number;
  /** Until a client has taken a piece of an answer; a second more for every 256 KiB of it. */
  readonly sendMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  reportPoolMax: 4,
  statementMs: 5_000,
  reportStatementMs: 60_000,
  requestsAtOnce: 24,
  requestsWaiting: 64,
  waitMs: 2_000,
  headersMs: 20_000,
  receiveMs: 60_000,
  sendMs: 30_000,
};

/** Logs of networks are kept for six months at least: 《网络安全法》 (Cybersecurity Law), article on the duties of network operators. */
const LEGAL_RETENTION_MONTHS = 6;

const POSTGRES = ['postgres:', 'postgresql:'];
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The environment is wrong; `problems` says everything that is, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((it) => `  - ${it}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Environment to configuration; throws one ConfigError that lists every problem. Files that it names are read by `readFile`. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Config {
  const problems: string[] = [];

  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const text = env[name];
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      problems.push(`${name} is "${text}"; it takes a whole number from ${min} to ${max}.`);
      return fallback;
    }
    return value;
  };
  const isUrl = (text: string, protocols: readonly string[]): boolean => URL.canParse(text) && protocols.includes(new URL(text).protocol);
  const url = (name: string, protocols: readonly string[]): string | undefined => {
    const text = env[name];
    if (text === undefined || text === '') return undefined;
    if (!isUrl(text, protocols)) {
      // The value may hold a password, so it is not repeated here.
      problems.push(`${name} is not a URL that begins with ${protocols.map((it) => `${it}//`).join(' or ')}.`);
      return undefined;
    }
    return text.replace(/\/+$/, '');
  };
  const seconds = (name: string, fallbackMs: number, max: number): number => integer(name, fallbackMs / 1_000, 1, max) * 1_000;
  const flag = (name: string): boolean => {
    const text = env[name] ?? '';
    if (!['', 'true', 'false'].includes(text)) problems.push(`${name} is "${text}"; it takes true or false.`);
    return text === 'true';
  };

  const host = env['HOST'] || '127.0.0.1';
  const port = integer('PORT', 8080, 0, 65_535);
  if (['0.0.0.0', '::'].includes(host) && !env['PUBLIC_URL']) {
    problems.push(`PUBLIC_URL is needed with HOST ${host}: callers need an address they can reach, and tokens carry it.`);
  }
  const logLevel = LOG_LEVELS.find((it) => it === (env['LOG_LEVEL'] || 'info'));
  if (!logLevel) problems.push(`LOG_LEVEL is "${env['LOG_LEVEL']}"; it takes one of ${LOG_LEVELS.join(', ')}.`);

  const databasePooler = POOLERS.find((it) => it === (env['DATABASE_POOLER'] || 'none'));
  if (!databasePooler) problems.push(`DATABASE_POOLER is "${env['DATABASE_POOLER']}"; it takes one of ${POOLERS.join(', ')}.`);
  if (databasePooler !== 'none' && !env['DATABASE_URL']) problems.push('DATABASE_POOLER needs DATABASE_URL, the address of the pooler.');

  const databaseReplicaUrls = (env['DATABASE_REPLICA_URLS'] ?? '')
    .split(',')
    .map((it) => it.trim().replace(/\/+$/, ''))
    .filter(Boolean);
  if (!databaseReplicaUrls.every((it) => isUrl(it, POSTGRES))) {
    problems.push(
      'DATABASE_REPLICA_URLS has something between its commas that is not a URL that begins with postgres:// or postgresql://.',
    );
  }
  if (databaseReplicaUrls.length > 0 && !env['DATABASE_URL']) {
    problems.push('DATABASE_REPLICA_URLS needs DATABASE_URL, the address of the primary.');
  }

  const config: Config = {
    host,
    port,
    publicUrl: url('PUBLIC_URL', ['http:', 'https:']) ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    databaseUrl: url('DATABASE_URL', POSTGRES),
    databasePoolMax: integer('DATABASE_POOL_MAX', 16, 2, 1_000),
    databasePooler: databasePooler ?? 'none',
    limits: {
      ...DEFAULT_LIMITS,
      reportPoolMax: integer('DATABASE_REPORT_POOL_MAX', DEFAULT_LIMITS.reportPoolMax, 1, 1_000),
      statementMs: seconds('STATEMENT_TIMEOUT_SECONDS', DEFAULT_LIMITS.statementMs, 600),
      reportStatementMs: seconds('REPORT_STATEMENT_TIMEOUT_SECONDS', DEFAULT_LIMITS.reportStatementMs, 3_600),
      requestsAtOnce: integer('REQUESTS_AT_ONCE', DEFAULT_LIMITS.requestsAtOnce, 4, 10_000),
      requestsWaiting: integer('REQUESTS_WAITING', DEFAULT_LIMITS.requestsWaiting, 1, 100_000),
      waitMs: seconds('REQUEST_WAIT_SECONDS', DEFAULT_LIMITS.waitMs, 60),
      receiveMs: seconds('RECEIVE_TIMEOUT_SECONDS', DEFAULT_LIMITS.receiveMs, 600),
      sendMs: seconds('SEND_TIMEOUT_SECONDS', DEFAULT_LIMITS.sendMs, 600),
    },
    databaseReplicaUrls,
    databaseReplicaWaitMs: integer('DATABASE_REPLICA_WAIT_MS', 20, 0, 1_000),
    logLevel: logLevel ?? 'info',
    privateJwksUrls: flag('JWKS_PRIVATE_ADDRESSES'),
    dataFolder: env['DATA_FOLDER'] || '.data',
    accessLogRetentionMonths: integer('ACCESS_LOG_RETENTION_MONTHS', 72, LEGAL_RETENTION_MONTHS, 1_200),
    auditLogKeys: readAuditLogKeys(env, readFile, problems),
    auditLogOrigin: readAuditLogOrigin(env['AUDIT_LOG_ORIGIN'], problems),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

const AUDIT_LOG_KEYS_MAX = 8;
const PEM = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g;

/** The keys of AUDIT_LOG_KEY_FILE or AUDIT_LOG_KEY, PEM texts one after another. Nothing of a key is repeated in a problem. */
function readAuditLogKeys(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
  problems: string[],
): readonly KeyObject[] {
  const [file, text] = [env['AUDIT_LOG_KEY_FILE'], env['AUDIT_LOG_KEY']];
  if (file && text) problems.push('AUDIT_LOG_KEY_FILE and AUDIT_LOG_KEY are both given; it takes one of them.');
  if (!file && !text) return [];
  const name = file ? 'AUDIT_LOG_KEY_FILE' : 'AUDIT_LOG_KEY';
  let pem: string;
  try {
    pem = file ? readFile(file) : (text ?? '').replaceAll('\\n', '\n');
  } catch (error) {
    problems.push(`AUDIT_LOG_KEY_FILE cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}.`);
    return [];
  }
  const blocks = pem.match(PEM) ?? [];
  if (blocks.length === 0 || blocks.length > AUDIT_LOG_KEYS_MAX) {
    problems.push(`${name} has ${blocks.length} keys in PEM; it takes 1 to ${AUDIT_LOG_KEYS_MAX}, the current one first.`);
  }
  const keys = blocks.map(parseEd25519Key);
  for (const [index, key] of keys.entries()) {
    if (!key) problems.push(`Key ${index + 1} of ${name} is no Ed25519 private key (PKCS #8, without a password).`);
  }
  const distinct = new Set(keys.map((it) => it?.export({ format: 'jwk' }).x));
  if (distinct.size < keys.length && !keys.includes(undefined)) problems.push(`${name} has the same key twice.`);
  return keys.filter((it) => it !== undefined);
}

function parseEd25519Key(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

function readAuditLogOrigin(text: string | undefined, problems: string[]): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (text.length <= 200 && !/[\s+\p{Z}\p{Cc}]/u.test(text)) return text;
  problems.push(`AUDIT_LOG_ORIGIN is "${text}"; it takes up to 200 signs without blanks and +, such as region.example/audit-log.`);
  return undefined;
}
