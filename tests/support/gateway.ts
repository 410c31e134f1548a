import { randomBytes } from 'node:crypto';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import { seedCatalogue } from '../../src/catalogue/seed-catalogue.ts';
import { institutions } from '../../src/institutions/institution.tables.ts';
import { usccCheckSign } from '../../src/institutions/uscc.rules.ts';
import { AccessTokens } from '../../src/security/access-tokens.ts';
import { isEmergency } from '../../src/security/caller-headers.rules.ts';
import { clients } from '../../src/security/security.tables.ts';
import { buildServer, type ServerOptions } from '../../src/server.ts';
import { type ClonedDatabase, cloneDatabase } from './template-database.ts';

export const PUBLIC_URL = 'http://gateway.test';
/** The clinician in whose name test callers ask, unless a request says otherwise. */
const CLINICIAN = 'urn:oid:2.16.156.10011.1.4|D-1001, %E6%9E%97%E6%95%8F';
const LIN_MIN = { system: 'urn:oid:2.16.156.10011.1.4', value: 'D-1001', name: '林敏' };

/** An answer as tests look at it: the body parsed where it is JSON. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every form.
  readonly body: any;
  readonly text: string;
  readonly headers: Record<string, string | string[] | number | undefined>;
}

/** A calling system of an institution, with a token in its hand. */
export interface CallingSystem {
  readonly institution: number;
  readonly uscc: string;
  readonly client: string;
  readonly token: string;
  /** The clinician's own, with the right to break the glass; taken for requests that state an emergency. */
  readonly emergencyToken?: string;
  /** Header values of `undefined` leave a default header out. */
  send(method: InjectOptions['method'], url: string, body?: unknown, headers?: Record<string, string | undefined>): Promise<Answer>;
  get(url: string, headers?: Record<string, string | undefined>): Promise<Answer>;
  post(url: string, body: unknown, headers?: Record<string, string | undefined>): Promise<Answer>;
  put(url: string, body: unknown, headers?: Record<string, string | undefined>): Promise<Answer>;
}

/** Scopes of a hospital system that publishes, asks and decides, and whose clinicians may break the glass. */
export const HIS_SCOPES = ['system/*.cruds', 'recognition.check', 'recognition.decide', 'break-glass'];

/**
 * The real gateway on a database of this test file's own. Call once at the top of a file; use inside of tests.
 *
 * Every institution that a test registers is a new one, so tests share nothing.
 */
export function useGateway(options: Partial<ServerOptions> = {}) {
  let database: ClonedDatabase;
  let app: FastifyInstance;
  let callers: ReturnType<typeof callersOf>;

  beforeAll(async () => {
    database = await cloneDatabase();
    app = await startGateway(database.url, options);
    callers = callersOf(app);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  return {
    get app(): FastifyInstance {
      return app;
    },
    get db() {
      return app.db;
    },
    /** Owner's address of the database: may do what the gateway may not. */
    get databaseUrl(): string {
      return database.url;
    },
    register: (about?: NewInstitution) => callers.register(about),
    clientOf: (institution: number, uscc: string, scopes: readonly string[]) => callers.clientOf(institution, uscc, scopes),
  };
}

interface NewInstitution {
  readonly level?: number | null;
  readonly district?: string;
  readonly name?: string;
  readonly scopes?: readonly string[];
  /** Whether it has passed the national quality assessment of every item, so that its results carry a valid mark; it has unless said otherwise. */
  readonly certified?: boolean;
}

/** Makes institutions and calling systems for a gateway, as an operator would. */
export function callersOf(app: FastifyInstance) {
  const tokens = new AccessTokens(app.db, PUBLIC_URL);
  const callers = {
    /** A new institution with one client; level 3 in Yubei unless said otherwise. */
    async register(about: NewInstitution = {}): Promise<CallingSystem> {
      const uscc = freshUscc();
      const [row] = await app.db
        .insert(institutions)
        .values({
          uscc,
          name: about.name ?? `测试医院${uscc.slice(-4)}`,
          level: about.level === undefined ? 3 : about.level,
          grade: null,
          district: about.district ?? '500112',
          organization: null,
          registeredAt: new Date(),
        })
        .returning({ institution: institutions.institution });
      const { institution } = row as { institution: number };
      if (about.certified !== false) await certify(app, institution);
      return callers.clientOf(institution, uscc, about.scopes ?? HIS_SCOPES);
    },

    /** Another client of an institution that is there already. */
    async clientOf(institution: number, uscc: string, scopes: readonly string[]): Promise<CallingSystem> {
      const client = `client-${randomBytes(6).toString('hex')}`;
      await app.db
        .insert(clients)
        .values({ id: client, institution, name: 'HIS', jwks: { keys: [] }, scopes: [...scopes], registeredAt: new Date() });
      const everyday = scopes.filter((it) => it !== 'break-glass');
      const nobody = { practitioner: null, purpose: null };
      const { token } = await tokens.issue({ client, institution, scopes: everyday, actingFor: nobody }, new Date());
      if (everyday.length === scopes.length) return callingSystem(app, { institution, uscc, client, token });
      const linMin = { practitioner: LIN_MIN, purpose: null };
      const emergency = await tokens.issue({ client, institution, scopes, actingFor: linMin }, new Date());
      return callingSystem(app, { institution, uscc, client, token, emergencyToken: emergency.token });
    },
  };
  return callers;
}

/** Gives an institution a national certificate for every item of every edition, for a year before and after today. */
async function certify(app: FastifyInstance, institution: number): Promise<void> {
  await app.db.$client.query(
    `insert into certificates (id, institution, item, scheme, scope_kind, scope_code, mark, score, valid_from, valid_until, recorded_at)
     select 'hr-' || left(md5($1::text || code), 16), $1::integer, code, '全国室间质量评价', 'nation', '', '全国HR', 95,
            current_date - 365, current_date + 365, now()
       from (select distinct code from catalogue_items) as it`,
    [institution],
  );
}

/** The real server on a migrated database, with the seed catalogue, ready for `inject`. */
export async function startGateway(databaseUrl: string, options: Partial<ServerOptions> = {}): Promise<FastifyInstance> {
  const app = await buildServer({
    publicUrl: PUBLIC_URL,
    databasePoolMax: 16,
    logLevel: 'silent',
    privateJwksUrls: true,
    ...options,
    databaseUrl,
  });
  await seedCatalogue(app.db, new Date());
  await app.ready();
  return app;
}

export function callingSystem(
  app: FastifyInstance,
  who: Pick<CallingSystem, 'institution' | 'uscc' | 'client' | 'token' | 'emergencyToken'>,
): CallingSystem {
  const send: CallingSystem['send'] = async (method, url, body, headers = {}) => {
    const all: Record<string, string | undefined> = {
      authorization: `Bearer ${(isEmergency(headers['x-purpose-of-use'] ?? '') && who.emergencyToken) || who.token}`,
      'x-acting-practitioner': CLINICIAN,
      ...(body === undefined ? {} : { 'content-type': url.startsWith('/fhir') ? 'application/fhir+json' : 'application/json' }),
      ...headers,
    };
    const answer = await app.inject({
      method: method ?? 'GET',
      url,
      headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, string>,
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.statusCode, text: answer.body, body: parsed(answer.body), headers: answer.headers };
  };
  return {
    ...who,
    send,
    get: (url, headers) => send('GET', url, undefined, headers),
    post: (url, body, headers) => send('POST', url, body, headers),
    put: (url, body, headers) => send('PUT', url, body, headers),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

let issued = 0;
/** A valid credit code that no other test has. */
export function freshUscc(): string {
  issued += 1;
  const digits = String(process.pid % 100_000).padStart(5, '0') + String(issued).padStart(4, '0');
  const first17 = `12500112${digits}`;
  return first17 + usccCheckSign(first17);
}
