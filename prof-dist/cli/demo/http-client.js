import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'fhir-kit-client';
import { importJWK, SignJWT } from 'jose';
import { Answer, DemoError, textAt } from './answer.js';
const TIMEOUT_MS = 60_000;
const TRIES_MAX = 6;
/** A token is renewed when less than this is left of it, so that none runs out on its way. */
const RENEW_BEFORE_MS = 30_000;
const ASSERTION_SECONDS = 240;
/**
 * A hospital system as a vendor would write it, from the published standards alone: SMART Backend Services for the token, an off-the-shelf
 * FHIR client for `/fhir`, plain HTTP for `/v1`. It waits where it is told to (429 and 503 with Retry-After) and gives up after six tries.
 */
export class CallingSystem {
    url;
    registration;
    client;
    tokenEndpoint;
    held;
    asking;
    constructor(url, registration) {
        this.url = url.replace(/\/$/, '');
        this.registration = registration;
        this.client = new Client({ baseUrl: `${this.url}/fhir` });
    }
    /** A token that is good for at least half a minute; one request for it, however many ask at once. */
    async token() {
        if (this.held && this.held.expiresAt - Date.now() > RENEW_BEFORE_MS)
            return this.held.token;
        this.asking ??= this.askForToken().finally(() => {
            this.asking = undefined;
        });
        return this.asking;
    }
    /** A token of one clinician's own, with these scopes: to break the glass takes one. Asked for anew each time. */
    async tokenOf(clinician, scopes) {
        return (await this.requestToken(scopes, clinician)).token;
    }
    /** A request to `/v1` or any other address below the gateway's; a body that is not a text is sent as JSON. */
    async send(method, path, ask = {}) {
        return persist(async () => {
            const text = typeof ask.body === 'string' ? ask.body : JSON.stringify(ask.body);
            const response = await reach(this.url + path, {
                method,
                headers: {
                    accept: 'application/json',
                    authorization: `Bearer ${await this.tokenFor(ask.acting)}`,
                    ...(text === undefined ? {} : { 'content-type': 'application/json' }),
                    ...actingHeaders(ask.acting),
                    ...ask.headers,
                },
                ...(text === undefined ? {} : { body: text }),
            });
            return { answer: await answerOf(response), retryAfter: response.headers.get('retry-after') };
        });
    }
    /** A FHIR interaction through fhir-kit-client; its exceptions for refusals become answers again. */
    async fhir(interact, acting) {
        return persist(async () => {
            const headers = { authorization: `Bearer ${await this.tokenFor(acting)}`, ...actingHeaders(acting) };
            try {
                const body = await interact(this.client, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
                const response = Client.httpFor(body).response;
                const answer = new Answer(response?.status ?? 200, '', body, response?.headers.get('location') ?? '');
                return { answer, retryAfter: null };
            }
            catch (error) {
                return refusalOf(error);
            }
        });
    }
    /** Posts a transaction or batch, to the letter as it is given. */
    publish(bundle, acting) {
        // The library passes a text through as it is, though its types ask for an object; that keeps the digits of every number.
        return this.fhir((client, options) => client.transaction({ body: bundle, options }), acting);
    }
    /** The token of every day, or the clinician's own where the glass is broken. */
    tokenFor({ clinician, purpose } = {}) {
        if (!clinician || (purpose !== 'BTG' && purpose !== 'ETREAT'))
            return this.token();
        return this.tokenOf(clinician, [...this.registration.scopes, 'break-glass']);
    }
    async askForToken() {
        const { token, seconds } = await this.requestToken(this.registration.scopes);
        this.held = { token, expiresAt: Date.now() + seconds * 1_000 };
        return token;
    }
    async requestToken(scopes, clinician) {
        const tokenEndpoint = (this.tokenEndpoint ??= await this.discover());
        const { clientId } = this.registration;
        const answer = await persist(async () => {
            const response = await reach(`${this.url}/oauth2/token`, {
                method: 'POST',
                body: new URLSearchParams({
                    grant_type: 'client_credentials',
                    scope: scopes.join(' '),
                    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
                    client_assertion: await this.assertion(tokenEndpoint, clinician),
                }),
            });
            return { answer: await answerOf(response), retryAfter: response.headers.get('retry-after') };
        });
        answer.expectOk(`A token for ${clientId}`);
        return {
            token: textAt(answer.body, 'access_token'),
            seconds: Number(answer.body.expires_in),
        };
    }
    /** Proof of who is calling, and for which clinician (RFC 7523, SMART 2.2, IHE IUA): good for four minutes, and for one request. */
    async assertion(audience, clinician) {
        const { clientId, privateJwk } = this.registration;
        const iua = clinician && { subject_name: clinician.name, person_id: `${clinician.system}|${clinician.value}` };
        return new SignJWT(iua ? { extensions: { ihe_iua: iua } } : {})
            .setProtectedHeader({ alg: 'ES384', kid: privateJwk.kid ?? '', typ: 'JWT' })
            .setIssuer(clientId)
            .setSubject(clientId)
            .setAudience(audience)
            .setJti(randomUUID())
            .setIssuedAt()
            .setExpirationTime(`${ASSERTION_SECONDS}s`)
            .sign(await importJWK(privateJwk, 'ES384'));
    }
    /** The address of the token endpoint as the gateway names itself, which is what an assertion must be meant for (SMART 2.2). */
    async discover() {
        const response = await reach(`${this.url}/fhir/.well-known/smart-configuration`, {});
        const answer = (await answerOf(response)).expectOk('The SMART configuration');
        return textAt(answer.body, 'token_endpoint');
    }
}
/** Tries again what the gateway says will pass by itself, as long as it says to wait. */
async function persist(attempt) {
    for (let tries = 1;; tries++) {
        const { answer, retryAfter } = await attempt();
        if ((answer.status !== 429 && answer.status !== 503) || tries === TRIES_MAX)
            return answer;
        await delay(Math.min(Number(retryAfter) || 1, 10) * 1_000);
    }
}
/** A request with a time-out; a DemoError where there is no answer at all. */
async function reach(url, request) {
    try {
        return await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
    }
    catch (error) {
        throw unanswered(error);
    }
}
function unanswered(error) {
    return new DemoError(`The gateway does not answer: ${String(error.cause ?? error)}`, { cause: error });
}
async function answerOf(response) {
    const text = await response.text();
    try {
        return new Answer(response.status, text, JSON.parse(text));
    }
    catch {
        return new Answer(response.status, text, undefined);
    }
}
/** fhir-kit-client throws an Error with `response` for a refusal, and a bare one where there was no answer at all. */
function refusalOf(error) {
    const { response, config } = error;
    if (!response)
        throw unanswered(error);
    const text = typeof response.data === 'string' ? response.data : '';
    return { answer: new Answer(response.status, text, response.data), retryAfter: config?.headers?.get('retry-after') ?? null };
}
function actingHeaders(acting = {}) {
    const { clinician, purpose, reason } = acting;
    return {
        ...(clinician ? { 'x-acting-practitioner': `${clinician.system}|${clinician.value}, ${encodeURIComponent(clinician.name)}` } : {}),
        ...(purpose ? { 'x-purpose-of-use': purpose } : {}),
        ...(reason ? { 'x-break-glass-reason': encodeURIComponent(reason) } : {}),
    };
}
