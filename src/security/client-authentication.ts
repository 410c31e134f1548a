import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Database } from '../database/client.ts';
import { type Client, forgetAssertions, selectClient, useAssertion } from './client.queries.ts';
import { CLIENT_ALGORITHMS, type ClientAlgorithm } from './client-key.rules.ts';
import type { ClientKeys } from './client-keys.ts';
import { type ActingFor, readIua } from './iua.rules.ts';
import { OAuthError } from './oauth-error.ts';
import { readWantedPatient } from './pcf.rules.ts';

/** The parameters by which a client authenticates itself (RFC 7523 §2.2). */
export interface ClientCredentials {
  readonly client_id?: string | undefined;
  readonly client_assertion_type?: string | undefined;
  readonly client_assertion?: string | undefined;
}

/** A client that has proved who it is, for whom it says it acts, and for which patient alone, if for one. */
export interface AuthenticatedClient {
  readonly client: Client;
  readonly actingFor: ActingFor;
  /** Logical id of the Patient. */
  readonly patient: string | null;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** SMART Backend Services: `exp` is at most five minutes ahead. */
const LIFETIME_MAX_SECONDS = 300;

/** How far a client's clock may be off. */
const CLOCK_TOLERANCE_SECONDS = 10;

/** Used assertions are remembered this much longer than they live, since the clocks of gateways differ; and swept out this often. */
const REMEMBERED_MS = 600_000;
const SWEEP_INTERVAL_MS = 60_000;

/**
 * Finds out which client signs a request, by `private_key_jwt` (SMART App Launch 2.2, "Asymmetric authentication"; RFC 7523 §3). One for a
 * process.
 *
 * The assertion is a JWT by ES384 or RS384 with the one registered key of its `kid`, for this server (`aud`: the URL of the token
 * endpoint or the issuer, exactly), in its five minutes, and never seen before on any gateway.
 */
export class ClientAuthentication {
  readonly #db: Database;
  readonly #keys: ClientKeys;
  readonly #audiences: readonly string[];
  readonly #base: string;
  readonly #takesPart: (institution: number) => Promise<boolean>;
  #sweptAt = Number.NEGATIVE_INFINITY;

  /** `takesPart`: whether an institution is active; the clients of one that is not are turned away. */
  constructor(db: Database, publicUrl: string, keys: ClientKeys, takesPart: (institution: number) => Promise<boolean>) {
    this.#db = db;
    this.#takesPart = takesPart;
    this.#keys = keys;
    this.#base = `${publicUrl}/fhir`;
    this.#audiences = [`${publicUrl}/oauth2/token`, publicUrl];
  }

  /** Throws `invalid_client` and says what is wrong with the proof; uses the assertion up. */
  async authenticate(credentials: ClientCredentials, now: Date): Promise<AuthenticatedClient> {
    const { client_assertion: assertion } = credentials;
    if (!assertion) {
      throw refused(
        'Send client_assertion: this server authenticates clients by private_key_jwt only.',
        '请提交 client_assertion：本平台只接受 private_key_jwt 方式的客户端认证。',
      );
    }
    if (credentials.client_assertion_type !== ASSERTION_TYPE) {
      throw refused(`client_assertion_type must be '${ASSERTION_TYPE}'.`, `client_assertion_type 应为“${ASSERTION_TYPE}”。`);
    }
    const { algorithm, kid, jku } = readHeader(assertion);
    const claimed = readIssuer(assertion);
    if (credentials.client_id !== undefined && credentials.client_id !== claimed) {
      throw refused('client_id is not the issuer of the assertion.', 'client_id 与断言的 iss 不一致。', claimed);
    }

    const client = await selectClient(this.#db, claimed);
    if (!client || client.removedAt !== null) {
      throw refused('The issuer of the assertion is no registered client.', '断言的 iss 不是已登记的客户端。', claimed);
    }
    if (jku !== undefined && jku !== client.jwksUrl) {
      throw refused('jku is not the JWKS URL registered for this client.', 'jku 不是该客户端登记的 JWKS 地址。', claimed);
    }
    const found = await this.#keys.find(client, kid, algorithm, now);
    if ('problem' in found) {
      const where = client.jwksUrl === null ? ['registered key set', '登记的密钥集'] : ['JWKS URL', 'JWKS 地址'];
      throw refused(`The ${where[0]} cannot be used: ${found.problem.en}.`, `${where[1]}不可用：${found.problem.zh}。`, claimed);
    }
    const payload = await verify(assertion, found.key, algorithm, claimed, now);
    const { jti, expiresAt } = this.#checkClaims(payload, claimed, now);
    const actingFor = readIua(payload['extensions']);
    if ('problem' in actingFor) throw misread(actingFor.problem, claimed);
    const patient = readWantedPatient(payload['extensions'], this.#base);
    if (typeof patient === 'object' && patient) throw misread(patient.problem, claimed);

    if (!(await useAssertion(this.#db, claimed, jti, expiresAt))) {
      throw refused('The assertion was used before; each needs a jti of its own.', '该断言已使用过；每个断言须有各自的 jti。', claimed);
    }
    if (!(await this.#takesPart(client.institution))) {
      throw refused('The institution of this client takes part no more.', '该客户端所属机构已停止参与互认。', claimed);
    }
    await this.#sweepNowAndThen(now);
    return { client, actingFor, patient };
  }

  #checkClaims(payload: JWTPayload, claimed: string, now: Date): { jti: string; expiresAt: Date } {
    const { aud, exp, jti } = payload;
    const audiences = Array.isArray(aud) ? aud : [aud];
    if (audiences.length === 0 || !audiences.every((it) => it !== undefined && this.#audiences.includes(it))) {
      const expected = this.#audiences.join(' or ');
      throw refused(`aud must be ${expected}, exactly.`, `aud 应为 ${this.#audiences.join(' 或 ')}，须完全一致。`, claimed);
    }
    if (exp === undefined || exp > now.getTime() / 1000 + LIFETIME_MAX_SECONDS + CLOCK_TOLERANCE_SECONDS) {
      throw refused('exp is more than five minutes ahead; is your clock right?', 'exp 超过五分钟；请核对系统时钟。', claimed);
    }
    if (jti === undefined || !/^[!-~]{1,256}$/.test(jti)) {
      throw refused('jti must be 1 to 256 printable ASCII characters.', 'jti 应为 1 至 256 个可打印的 ASCII 字符。', claimed);
    }
    return { jti, expiresAt: new Date(exp * 1000) };
  }

  async #sweepNowAndThen(now: Date): Promise<void> {
    if (now.getTime() - this.#sweptAt < SWEEP_INTERVAL_MS) return;
    this.#sweptAt = now.getTime();
    await forgetAssertions(this.#db, new Date(now.getTime() - REMEMBERED_MS));
  }
}

function misread({ en, zh }: { readonly en: string; readonly zh: string }, claimedClient: string): OAuthError {
  return new OAuthError('invalid_request', { en: `${en}.`, zh: `${zh}。` }, claimedClient);
}

function refused(en: string, zh: string, claimedClient?: string): OAuthError {
  return new OAuthError('invalid_client', { en, zh }, claimedClient);
}

/** What the header says, before anything is believed: the algorithm is one of two, whatever it says; a key comes by its kid. */
function readHeader(assertion: string): { algorithm: ClientAlgorithm; kid: string; jku: unknown } {
  const { alg, kid, typ, jku } = decode(() => decodeProtectedHeader(assertion));
  const algorithm = CLIENT_ALGORITHMS.find((it) => it === alg);
  if (!algorithm) throw refused('The assertion must be signed by ES384 or RS384.', '断言须以 ES384 或 RS384 签名。');
  if (typ !== undefined && (typeof typ !== 'string' || !/^(jwt|client-authentication\+jwt)$/i.test(typ))) {
    throw refused("The typ of the assertion's header must be JWT.", '断言头部的 typ 应为 JWT。');
  }
  if (typeof kid !== 'string' || kid === '') throw refused("The assertion's header needs a kid.", '断言头部须有 kid。');
  return { algorithm, kid, jku };
}

function readIssuer(assertion: string): string {
  const { iss, sub } = decode(() => JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8')) as JWTPayload);
  if (typeof iss !== 'string' || iss !== sub || !/^[!-~]{1,128}$/.test(iss)) {
    throw refused('iss and sub of the assertion must both be the client id.', '断言的 iss 与 sub 均应为客户端标识。');
  }
  return iss;
}

function decode<Result>(read: () => Result): Result {
  try {
    const result = read();
    if (typeof result === 'object' && result !== null) return result;
  } catch {
    // Said below, whichever part cannot be read.
  }
  throw refused('client_assertion is not a signed JWT.', 'client_assertion 不是带签名的 JWT。');
}

async function verify(
  assertion: string,
  key: Parameters<typeof jwtVerify>[1],
  algorithm: ClientAlgorithm,
  claimed: string,
  now: Date,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: [algorithm],
      issuer: claimed,
      subject: claimed,
      requiredClaims: ['aud', 'exp', 'jti'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: now,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw refused('The assertion has expired; is your clock right?', '断言已过期；请核对系统时钟。', claimed);
    if (error instanceof errors.JWTClaimValidationFailed) {
      throw refused(`The claim ${error.claim} of the assertion is missing or wrong.`, `断言的 ${error.claim} 缺失或有误。`, claimed);
    }
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      throw refused('The signature of the assertion does not verify with the registered key.', '断言的签名与登记的密钥不符。', claimed);
    }
    if (error instanceof errors.JOSEError)
      throw refused('client_assertion is not a signed JWT.', 'client_assertion 不是带签名的 JWT。', claimed);
    throw error;
  }
}
