import { Client } from 'fhir-kit-client';
import { Agent, DecoratorHandler, type Dispatcher } from 'undici';
import { isObject } from '../../fhir/element.ts';
import type { Json } from '../../fhir/exact-json.ts';
import { lookupPublic } from '../../security/fetch-jwks.ts';
import type { HookRequest } from './cds-hooks.schema.ts';

/** A clinician waits for the card. */
const TIMEOUT_MS = 2_000;
const LENGTH_MAX = 256 * 1024;
const CONNECTIONS_MAX = 16;

/** The FHIR server of a calling system, as one of its requests opens it. */
export interface EhrAccess {
  /** The base address that the operator registered. */
  readonly baseUrl: string;
  /** For this server alone. */
  readonly accessToken: string;
}

/**
 * What a request opens: the FHIR server that it names, if that is the registered one of its client, with the token it brings. `undefined`
 * for any other address, which is not called, and without a token, which every read needs (CDS Hooks 2.0, "FHIR resource access").
 */
export function accessOf(
  { fhirServer, fhirAuthorization }: Pick<HookRequest, 'fhirServer' | 'fhirAuthorization'>,
  { cdsFhirServer }: { readonly cdsFhirServer: string | null },
): EhrAccess | undefined {
  if (cdsFhirServer === null || fhirServer?.replace(/\/+$/, '') !== cdsFhirServer || !fhirAuthorization) return undefined;
  return { baseUrl: cdsFhirServer, accessToken: fhirAuthorization.access_token };
}

/** Reads one resource by its id; `undefined` where there is none. Throws `EhrUnreadable`. */
export type ReadFromEhr = (type: string, id: string) => Promise<Json | undefined>;

/** The FHIR server of a calling system did not hand over what was asked for. Says neither its answer nor the address. */
export class EhrUnreadable extends Error {
  override readonly name = 'EhrUnreadable';
}

/**
 * Reads from the FHIR servers of calling systems. One for a process.
 *
 * Within two seconds for all reads of a request together, at most 256 KiB each and uncompressed, without following redirects, over
 * connections of its own. Unless private addresses are allowed, as hospital intranets need, the address is checked where the connection is
 * made, so that a name that points inside is of no use.
 */
export class EhrReader {
  readonly #agent: Agent;
  readonly #dispatcher: Dispatcher;

  constructor(allowPrivate: boolean) {
    this.#agent = new Agent({
      maxResponseSize: LENGTH_MAX,
      connections: CONNECTIONS_MAX,
      connect: { timeout: TIMEOUT_MS, ...(allowPrivate ? {} : { lookup: lookupPublic }) },
    });
    this.#dispatcher = this.#agent.compose((dispatch) => (options, handler) => dispatch(options, new Uncompressed(handler)));
  }

  /** For the reads of one request, which have two seconds from now on. */
  open({ baseUrl, accessToken }: EhrAccess): ReadFromEhr {
    const client = new Client({ baseUrl, bearerToken: accessToken, requestOptions: { dispatcher: this.#dispatcher } });
    const options = { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error', headers: { 'accept-encoding': 'identity' } } as const;
    return async (resourceType, id) => {
      try {
        const resource: unknown = await client.read({ resourceType, id, options });
        if (isObject(resource as Json) && (resource as Json)['resourceType'] === resourceType) return resource as Json;
      } catch (error) {
        const { status } = (error as { response?: { status?: number } }).response ?? {};
        if (status === 404 || status === 410) return undefined;
        throw new EhrUnreadable(`the FHIR server of the client ${status === undefined ? 'cannot be read' : `answers ${status}`}`);
      }
      throw new EhrUnreadable('the FHIR server of the client answers something else');
    };
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

type Handler = Dispatcher.DispatchHandler;

interface Decorated {
  onResponseStart(...answer: Parameters<Required<Handler>['onResponseStart']>): void;
}

/** A handler that hands everything on; the library declares none of its methods. */
const Decorator = DecoratorHandler as new (handler: Handler) => Decorated;

/** Refuses a compressed answer: what it becomes is not counted. */
class Uncompressed extends Decorator {
  override onResponseStart(...answer: Parameters<Decorated['onResponseStart']>): void {
    const [, , headers] = answer;
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new EhrUnreadable('the answer is compressed');
    super.onResponseStart(...answer);
  }
}
