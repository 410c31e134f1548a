import type { Database } from '../database/client.ts';
import { type Client, selectClient } from './client.queries.ts';
import { type ClientJwts, JwtRefused } from './client-jwt.ts';
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

/**
 * Finds out which client signs a request to an OAuth endpoint, by `private_key_jwt` (SMART App Launch 2.2, "Asymmetric authentication"; RFC
 * 7523 §3). The assertion is a JWT for this server (`aud`: the URL of the token endpoint or the issuer, exactly), as `ClientJwts` has it.
 */
export class ClientAuthentication {
  readonly #db: Database;
  readonly #jwts: ClientJwts;
  readonly #audiences: readonly string[];
  readonly #base: string;

  constructor(db: Database, publicUrl: string, jwts: ClientJwts) {
    this.#db = db;
    this.#jwts = jwts;
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
    const { client, claims } = await this.#prove(assertion, credentials.client_id, now);
    const actingFor = readIua(claims['extensions']);
    if ('problem' in actingFor) throw misread(actingFor.problem, client.id);
    const patient = readWantedPatient(claims['extensions'], this.#base);
    if (typeof patient === 'object' && patient) throw misread(patient.problem, client.id);
    return { client, actingFor, patient };
  }

  async #prove(assertion: string, named: string | undefined, now: Date) {
    const clientOf = async (issuer: string): Promise<Client | undefined> => {
      if (named !== undefined && named !== issuer) {
        throw new JwtRefused('client_id is not the issuer of the assertion.', 'client_id 与断言的 iss 不一致。', issuer);
      }
      return selectClient(this.#db, issuer);
    };
    try {
      return await this.#jwts.prove(assertion, { audiences: this.#audiences, form: 'assertion', clientOf }, now);
    } catch (error) {
      throw error instanceof JwtRefused ? refused(error.message, error.zh, error.claimed) : error;
    }
  }
}

function misread({ en, zh }: { readonly en: string; readonly zh: string }, claimedClient: string): OAuthError {
  return new OAuthError('invalid_request', { en: `${en}.`, zh: `${zh}。` }, claimedClient);
}

function refused(en: string, zh: string, claimedClient?: string): OAuthError {
  return new OAuthError('invalid_client', { en, zh }, claimedClient);
}
