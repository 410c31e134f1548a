import { selectClient } from './client.queries.js';
import { JwtRefused } from './client-jwt.js';
import { readIua } from './iua.rules.js';
import { OAuthError } from './oauth-error.js';
import { readWantedPatient } from './pcf.rules.js';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/**
 * Finds out which client signs a request to an OAuth endpoint, by `private_key_jwt` (SMART App Launch 2.2, "Asymmetric authentication"; RFC
 * 7523 §3). The assertion is a JWT for this server (`aud`: the URL of the token endpoint or the issuer, exactly), as `ClientJwts` has it.
 */
export class ClientAuthentication {
    #db;
    #jwts;
    #audiences;
    #base;
    constructor(db, publicUrl, jwts) {
        this.#db = db;
        this.#jwts = jwts;
        this.#base = `${publicUrl}/fhir`;
        this.#audiences = [`${publicUrl}/oauth2/token`, publicUrl];
    }
    /** Throws `invalid_client` and says what is wrong with the proof; uses the assertion up. */
    async authenticate(credentials, now) {
        const { client_assertion: assertion } = credentials;
        if (!assertion) {
            throw refused('Send client_assertion: this server authenticates clients by private_key_jwt only.', '请提交 client_assertion：本平台只接受 private_key_jwt 方式的客户端认证。');
        }
        if (credentials.client_assertion_type !== ASSERTION_TYPE) {
            throw refused(`client_assertion_type must be '${ASSERTION_TYPE}'.`, `client_assertion_type 应为“${ASSERTION_TYPE}”。`);
        }
        const { client, claims } = await this.#prove(assertion, credentials.client_id, now);
        const actingFor = readIua(claims['extensions']);
        if ('problem' in actingFor)
            throw misread(actingFor.problem, client.id);
        const patient = readWantedPatient(claims['extensions'], this.#base);
        if (typeof patient === 'object' && patient)
            throw misread(patient.problem, client.id);
        return { client, actingFor, patient };
    }
    async #prove(assertion, named, now) {
        const clientOf = async (issuer) => {
            if (named !== undefined && named !== issuer) {
                throw new JwtRefused('client_id is not the issuer of the assertion.', 'client_id 与断言的 iss 不一致。', issuer);
            }
            return selectClient(this.#db, issuer);
        };
        try {
            return await this.#jwts.prove(assertion, { audiences: this.#audiences, form: 'assertion', clientOf }, now);
        }
        catch (error) {
            throw error instanceof JwtRefused ? refused(error.message, error.zh, error.claimed) : error;
        }
    }
}
function misread({ en, zh }, claimedClient) {
    return new OAuthError('invalid_request', { en: `${en}.`, zh: `${zh}。` }, claimedClient);
}
function refused(en, zh, claimedClient) {
    return new OAuthError('invalid_client', { en, zh }, claimedClient);
}
