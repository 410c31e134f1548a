import { AccessTokens } from '../security/access-tokens.js';
/** Tokens are good for five minutes; one is asked for anew before that. */
const TOKEN_MAX_MS = 4 * 60_000;
/** Scopes of somebody who holds the region's figures against each other, and sees no patient. */
export const AUDITOR_SCOPES = ['system/AuditEvent.rs', 'audit.read', 'savings.read'];
/** The auditor of the region: asks at the public doors like everybody else, at the time of now, when the simulated period is over. */
export class Auditor {
    app;
    tokens;
    who;
    token;
    constructor(app, publicUrl, who) {
        this.app = app;
        this.tokens = new AccessTokens(app.db, publicUrl);
        this.who = who;
    }
    /** What a door answers. Throws where it refuses. */
    async read(path, query = {}) {
        const headers = { authorization: `Bearer ${await this.freshToken()}`, accept: 'application/json' };
        const answer = await this.app.inject({ method: 'GET', url: path, query: { ...query }, headers });
        if (answer.statusCode === 200)
            return answer.json();
        throw new Error(`GET ${path} was answered ${answer.statusCode}: ${answer.body.slice(0, 400)}`);
    }
    async freshToken() {
        const now = new Date();
        if (!this.token || now.getTime() - this.token.issuedAt > TOKEN_MAX_MS) {
            const granted = { ...this.who, scopes: AUDITOR_SCOPES, actingFor: { practitioner: null, purpose: null } };
            this.token = { text: (await this.tokens.issue(granted, now)).token, issuedAt: now.getTime() };
        }
        return this.token.text;
    }
}
