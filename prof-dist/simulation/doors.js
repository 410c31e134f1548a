import { randomUUID } from 'node:crypto';
import { recordConsent } from '../consents/record-consent.js';
import { withdrawConsent } from '../consents/withdraw-consent.js';
import { custodyOf } from '../custody.js';
import { transact } from '../database/client.js';
import { Failure } from '../failure.js';
import { checkRecognition } from '../recognition/check-recognition.js';
import { citeDecision } from '../recognition/cite-decision.js';
import { decide } from '../recognition/decide.js';
import { revokeDecision } from '../recognition/revoke-decision.js';
import { priorResults } from '../reports/prior-results.js';
import { answerRead } from '../resources/read-resource.js';
import { encodeId } from '../resources/resource-id.js';
import { transactAgain } from '../resources/transact-again.js';
import { processBundle } from '../resources/transaction.js';
import { savingsBook } from '../savings/post-saving.js';
/** Where the server of a simulation would be, if it listened. */
export const PUBLIC_URL = 'http://simulation.example';
/**
 * The doors of the exchange without the network before them: the same stories in the same transactions, at a moment that the simulation says.
 *
 * A refusal is an answer here, and written into the access log as the doors do it. What was answered is counted by operation, so that the log
 * can be held against it afterwards.
 */
export class Doors {
    /** Requests that were served, by operationId. */
    served = new Map();
    /** Requests that were refused, by operationId and code. */
    refused = new Map();
    app;
    custody;
    base = `${PUBLIC_URL}/fhir`;
    constructor(app) {
        this.app = app;
        this.custody = custodyOf(app);
    }
    /** A transaction Bundle; answers the references of what stands now, in the order of its entries. */
    async publish(caller, bundle, now) {
        const request = { base: this.base, language: 'zh', provenance: undefined };
        return await this.answer('processBundle', caller, now, async () => {
            const { answers } = await processBundle(this.app.db, this.custody, caller, JSON.stringify(bundle), request, now);
            return answers.map(referenceOf);
        });
    }
    async lookUp(caller, patient, now) {
        const wanted = { item: undefined, kind: undefined, since: undefined, count: 20, after: undefined };
        const asked = `GET /fhir/Patient/${patient}/$prior-results`;
        return await this.answer('priorResults', caller, now, () => priorResults(this.app.db, this.custody, caller, patient, wanted, asked, now));
    }
    async check(caller, question, now) {
        return await this.answer('checkRecognition', caller, now, () => transact(this.app.db, (tx) => checkRecognition(tx, caller, caller.practitioner, question, now)));
    }
    async decide(caller, request, now) {
        return await this.answer('decide', caller, now, async () => {
            const { answer } = await transact(this.app.db, (tx) => decide(tx, savingsBook, caller, caller.practitioner, request, now));
            return answer;
        });
    }
    async revoke(caller, id, reason, now) {
        return await this.answer('revokeDecision', caller, now, () => transact(this.app.db, (tx) => revokeDecision(tx, savingsBook, caller, caller.practitioner, { id, reason }, now)));
    }
    async cite(caller, id, now) {
        return await this.answer('citeDecision', caller, now, () => transact(this.app.db, (tx) => citeDecision(tx, savingsBook, caller, caller.practitioner, { id, citedAt: undefined }, now)));
    }
    /** Answers the logical id of the Consent. */
    async consent(caller, request, now) {
        return await this.answer('recordConsent', caller, now, async () => {
            const options = { custody: this.custody, base: this.base };
            return (await transactAgain(this.app.db, (tx) => recordConsent(tx, options, caller, request, now))).id;
        });
    }
    async withdrawConsent(caller, id, now) {
        return await this.answer('withdrawConsent', caller, now, () => transactAgain(this.app.db, (tx) => withdrawConsent(tx, { custody: this.custody, base: this.base }, caller, id, now)));
    }
    /** Reads what another institution published, as `ImagingStudy/…`. */
    async open(caller, reference, now) {
        const [type = '', id = ''] = reference.split('/');
        return await this.answer('readResource', caller, now, () => answerRead(this.app.db, this.custody, caller, { type, id }, now));
    }
    /** What was answered since the counts were taken last; they begin anew. */
    takeCounts() {
        const counts = { served: new Map(this.served), refused: new Map(this.refused) };
        this.served.clear();
        this.refused.clear();
        return counts;
    }
    /** Counts what the doors of another process answered. */
    addCounts({ served, refused }) {
        for (const [name, number] of served)
            count(this.served, name, number);
        for (const [name, number] of refused)
            count(this.refused, name, number);
    }
    async answer(operation, caller, now, work) {
        try {
            const answer = await work();
            count(this.served, operation);
            return answer;
        }
        catch (error) {
            if (!(error instanceof Failure))
                throw error;
            await this.custody.refuse(caller, operation, error, now);
            count(this.refused, `${operation} ${error.code}`);
            return error;
        }
    }
}
/** The caller that a request of an institution's system has, in the name of a clinician or in nobody's. */
export function callerOf(who, practitioner, scopes, emergencyReason = null) {
    return {
        client: who.client,
        institution: who.number,
        scopes,
        tokenId: 'simulation',
        practitioner,
        purpose: emergencyReason === null ? 'TREAT' : 'BTG',
        emergencyReason,
        requestId: randomUUID(),
        address: '127.0.0.1',
    };
}
function referenceOf(answer) {
    return 'key' in answer && 'type' in answer ? `${answer.type}/${encodeId(answer.key)}` : '';
}
function count(counts, name, number = 1) {
    counts.set(name, (counts.get(name) ?? 0) + number);
}
