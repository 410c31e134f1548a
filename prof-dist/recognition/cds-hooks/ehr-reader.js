import { Client } from 'fhir-kit-client';
import { Agent, DecoratorHandler } from 'undici';
import { isObject } from '../../fhir/element.js';
import { lookupPublic } from '../../security/fetch-jwks.js';
/** A clinician waits for the card. */
const TIMEOUT_MS = 2_000;
const LENGTH_MAX = 256 * 1024;
const CONNECTIONS_MAX = 16;
/**
 * What a request opens: the FHIR server that it names, if that is the registered one of its client, with the token it brings. `undefined`
 * for any other address, which is not called, and without a token, which every read needs (CDS Hooks 2.0, "FHIR resource access").
 */
export function accessOf({ fhirServer, fhirAuthorization }, { cdsFhirServer }) {
    if (cdsFhirServer === null || fhirServer?.replace(/\/+$/, '') !== cdsFhirServer || !fhirAuthorization)
        return undefined;
    return { baseUrl: cdsFhirServer, accessToken: fhirAuthorization.access_token };
}
/** The FHIR server of a calling system did not hand over what was asked for. Says neither its answer nor the address. */
export class EhrUnreadable extends Error {
    name = 'EhrUnreadable';
}
/**
 * Reads from the FHIR servers of calling systems. One for a process.
 *
 * Within two seconds for all reads of a request together, at most 256 KiB each and uncompressed, without following redirects, over
 * connections of its own. Unless private addresses are allowed, as hospital intranets need, the address is checked where the connection is
 * made, so that a name that points inside is of no use.
 */
export class EhrReader {
    #agent;
    #dispatcher;
    constructor(allowPrivate) {
        this.#agent = new Agent({
            maxResponseSize: LENGTH_MAX,
            connections: CONNECTIONS_MAX,
            connect: { timeout: TIMEOUT_MS, ...(allowPrivate ? {} : { lookup: lookupPublic }) },
        });
        this.#dispatcher = this.#agent.compose((dispatch) => (options, handler) => dispatch(options, new Uncompressed(handler)));
    }
    /** For the reads of one request, which have two seconds from now on. */
    open({ baseUrl, accessToken }) {
        const client = new Client({ baseUrl, bearerToken: accessToken, requestOptions: { dispatcher: this.#dispatcher } });
        const options = { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error', headers: { 'accept-encoding': 'identity' } };
        return async (resourceType, id) => {
            try {
                const resource = await client.read({ resourceType, id, options });
                if (isObject(resource) && resource['resourceType'] === resourceType)
                    return resource;
            }
            catch (error) {
                const { status } = error.response ?? {};
                if (status === 404 || status === 410)
                    return undefined;
                throw new EhrUnreadable(`the FHIR server of the client ${status === undefined ? 'cannot be read' : `answers ${status}`}`);
            }
            throw new EhrUnreadable('the FHIR server of the client answers something else');
        };
    }
    close() {
        return this.#agent.destroy();
    }
}
/** A handler that hands everything on; the library declares none of its methods. */
const Decorator = DecoratorHandler;
/** Refuses a compressed answer: what it becomes is not counted. */
class Uncompressed extends Decorator {
    onResponseStart(...answer) {
        const [, , headers] = answer;
        if ((headers['content-encoding'] ?? 'identity') !== 'identity')
            throw new EhrUnreadable('the answer is compressed');
        super.onResponseStart(...answer);
    }
}
