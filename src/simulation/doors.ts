import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ConsentRequest } from '../consents/consent.schema.ts';
import { recordConsent } from '../consents/record-consent.ts';
import { withdrawConsent } from '../consents/withdraw-consent.ts';
import { custodyOf } from '../custody.ts';
import { transact } from '../database/client.ts';
import { Failure } from '../failure.ts';
import type { CheckAnswer } from '../recognition/check.schema.ts';
import { checkRecognition, type Question } from '../recognition/check-recognition.ts';
import { citeDecision } from '../recognition/cite-decision.ts';
import { decide } from '../recognition/decide.ts';
import type { DecisionAnswer, DecisionRequest } from '../recognition/decision.schema.ts';
import { revokeDecision } from '../recognition/revoke-decision.ts';
import { type PriorResults, priorResults } from '../reports/prior-results.ts';
import type { Custody } from '../resources/custody.ts';
import { answerRead } from '../resources/read-resource.ts';
import { encodeId } from '../resources/resource-id.ts';
import { transactAgain } from '../resources/transact-again.ts';
import { type EntryAnswer, processBundle } from '../resources/transaction.ts';
import { savingsBook } from '../savings/post-saving.ts';
import type { Caller, Practitioner } from '../security/caller.ts';

/** Where the server of a simulation would be, if it listened. */
export const PUBLIC_URL = 'http://simulation.example';

/** Who asks, a clinician being named. */
export type Clinician = Caller & { readonly practitioner: Practitioner };

/**
 * The doors of the exchange without the network before them: the same stories in the same transactions, at a moment that the simulation says.
 *
 * A refusal is an answer here, and written into the access log as the doors do it. What was answered is counted by operation, so that the log
 * can be held against it afterwards.
 */
export class Doors {
  /** Requests that were served, by operationId. */
  readonly served = new Map<string, number>();
  /** Requests that were refused, by operationId and code. */
  readonly refused = new Map<string, number>();
  private readonly app: FastifyInstance;
  private readonly custody: Custody;
  private readonly base = `${PUBLIC_URL}/fhir`;

  constructor(app: FastifyInstance) {
    this.app = app;
    this.custody = custodyOf(app);
  }

  /** A transaction Bundle; answers the references of what stands now, in the order of its entries. */
  async publish(caller: Caller, bundle: object, now: Date): Promise<readonly string[] | Failure> {
    const request = { base: this.base, language: 'zh', provenance: undefined } as const;
    return await this.answer('processBundle', caller, now, async () => {
      const { answers } = await processBundle(this.app.db, this.custody, caller, JSON.stringify(bundle), request, now);
      return answers.map(referenceOf);
    });
  }

  async lookUp(caller: Clinician, patient: string, now: Date): Promise<PriorResults | Failure> {
    const wanted = { item: undefined, kind: undefined, since: undefined, count: 20, after: undefined };
    const asked = `GET /fhir/Patient/${patient}/$prior-results`;
    return await this.answer('priorResults', caller, now, () =>
      priorResults(this.app.db, this.custody, caller, patient, wanted, asked, now),
    );
  }

  async check(caller: Clinician, question: Question, now: Date): Promise<CheckAnswer | Failure> {
    return await this.answer('checkRecognition', caller, now, () =>
      transact(this.app.db, (tx) => checkRecognition(tx, caller, caller.practitioner, question, now)),
    );
  }

  async decide(caller: Clinician, request: DecisionRequest, now: Date): Promise<DecisionAnswer | Failure> {
    return await this.answer('decide', caller, now, async () => {
      const { answer } = await transact(this.app.db, (tx) => decide(tx, savingsBook, caller, caller.practitioner, request, now));
      return answer;
    });
  }

  async revoke(caller: Clinician, id: string, reason: string, now: Date): Promise<unknown> {
    return await this.answer('revokeDecision', caller, now, () =>
      transact(this.app.db, (tx) => revokeDecision(tx, savingsBook, caller, caller.practitioner, { id, reason }, now)),
    );
  }

  async cite(caller: Clinician, id: string, now: Date): Promise<unknown> {
    return await this.answer('citeDecision', caller, now, () =>
      transact(this.app.db, (tx) => citeDecision(tx, savingsBook, caller, caller.practitioner, { id, citedAt: undefined }, now)),
    );
  }

  /** Answers the logical id of the Consent. */
  async consent(caller: Caller, request: ConsentRequest, now: Date): Promise<string | Failure> {
    return await this.answer('recordConsent', caller, now, async () => {
      const options = { custody: this.custody, base: this.base };
      return (await transactAgain(this.app.db, (tx) => recordConsent(tx, options, caller, request, now))).id;
    });
  }

  async withdrawConsent(caller: Caller, id: string, now: Date): Promise<unknown> {
    return await this.answer('withdrawConsent', caller, now, () =>
      transactAgain(this.app.db, (tx) => withdrawConsent(tx, { custody: this.custody, base: this.base }, caller, id, now)),
    );
  }

  /** Reads what another institution published, as `ImagingStudy/…`. */
  async open(caller: Clinician, reference: string, now: Date): Promise<unknown> {
    const [type = '', id = ''] = reference.split('/');
    return await this.answer('readResource', caller, now, () => answerRead(this.app.db, this.custody, caller, { type, id }, now));
  }

  /** What was answered since the counts were taken last; they begin anew. */
  takeCounts(): { readonly served: ReadonlyMap<string, number>; readonly refused: ReadonlyMap<string, number> } {
    const counts = { served: new Map(this.served), refused: new Map(this.refused) };
    this.served.clear();
    this.refused.clear();
    return counts;
  }

  /** Counts what the doors of another process answered. */
  addCounts({ served, refused }: ReturnType<Doors['takeCounts']>): void {
    for (const [name, number] of served) count(this.served, name, number);
    for (const [name, number] of refused) count(this.refused, name, number);
  }

  private async answer<Answer>(operation: string, caller: Caller, now: Date, work: () => Promise<Answer>): Promise<Answer | Failure> {
    try {
      const answer = await work();
      count(this.served, operation);
      return answer;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await this.custody.refuse(caller, operation, error, now);
      count(this.refused, `${operation} ${error.code}`);
      return error;
    }
  }
}

/** The caller that a request of an institution's system has, in the name of a clinician or in nobody's. */
export function callerOf<Who extends Practitioner | null>(
  who: { readonly number: number; readonly client: string },
  practitioner: Who,
  scopes: readonly string[],
  emergencyReason: string | null = null,
): Caller & { readonly practitioner: Who } {
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

function referenceOf(answer: EntryAnswer): string {
  return 'key' in answer && 'type' in answer ? `${answer.type}/${encodeId(answer.key)}` : '';
}

function count(counts: Map<string, number>, name: string, number = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + number);
}
