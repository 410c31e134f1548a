import type { FastifyInstance } from 'fastify';
import { recordAccess } from '../../src/access-log/record-access.ts';
import { transact } from '../../src/database/client.ts';
import { decisionRevocations, recognitionChecks, recognitionDecisions } from '../../src/recognition/recognition.tables.ts';
import { resources } from '../../src/resources/resource.tables.ts';
import { encodeId, freshNumber } from '../../src/resources/resource-id.ts';
import type { Caller, Practitioner } from '../../src/security/caller.ts';

/** An item of a check as a test states it. */
export interface AskedWish {
  readonly item: string;
  readonly verdict: 'recognisable' | 'reference-only' | 'none' | 'consent-required' | 'unknown-item';
  /** Whose result was shown. */
  readonly source?: number;
}

export interface CheckWish {
  readonly institution: number;
  readonly at: Date;
  readonly person: bigint;
  readonly encounter?: string | null;
  readonly trigger?: 'patient-opened' | 'order-entry';
  readonly department?: string;
  readonly doctor?: string;
  readonly items: readonly AskedWish[];
}

export interface AnswerWish {
  readonly item: string;
  readonly at: Date;
  /** Code in the national list; without one it is a recognition. */
  readonly reason?: string;
  readonly countsAsDenial?: boolean;
  readonly doctor?: string;
}

type Check = CheckWish & { readonly id: bigint };
type Decision = { readonly person: bigint; readonly id: bigint; readonly institution: number };

function doctor(value = 'D-1'): Practitioner {
  return { system: 'urn:test', value, name: `医师${value}` };
}

function callerOf(institution: number, who: string | undefined): Caller {
  const practitioner = doctor(who);
  const plain = { emergencyReason: null, requestId: 'test', address: '127.0.0.1', tokenId: 'test', purpose: 'TREAT', scopes: [] };
  return { client: 'client', institution, practitioner, ...plain };
}

/**
 * Writes events of recognition as the verbs of the gateway do, each with its entry in the access log, at moments of the test's own choice:
 * the day of a result, a certificate or an edition does not matter here.
 */
export function recognitionEvents(app: () => FastifyInstance) {
  const log = async (
    it: { institution: number; person: bigint; at: Date; who?: string | undefined },
    access: { action: 'C' | 'E' | 'U'; interaction: string; entities: string[]; query?: string },
  ) => transact(app().db, (tx) => recordAccess(tx, callerOf(it.institution, it.who), [{ person: it.person, ...access }], it.at));
  return {
    async check(wish: CheckWish): Promise<Check> {
      const id = freshNumber();
      const items = wish.items.map(({ item, verdict, source }) => ({ item, verdict, ...(source === undefined ? {} : { candidate: {} }) }));
      const sources = Object.fromEntries(wish.items.flatMap(({ item, source }) => (source === undefined ? [] : [[item, source]])));
      await app()
        .db.insert(recognitionChecks)
        .values({
          person: wish.person,
          id,
          institution: wish.institution,
          client: 'client',
          practitioner: doctor(wish.doctor),
          encounter: wish.encounter ?? null,
          setting: 'outpatient',
          trigger: wish.trigger ?? 'order-entry',
          department: wish.department ?? null,
          checkedAt: wish.at,
          rulesVersion: 'test',
          answer: { items, basis: { sources } },
        });
      const entities = [`RecognitionCheck/${encodeId({ person: wish.person, id })}`];
      await log({ ...wish, who: wish.doctor }, { action: 'E', interaction: 'checkRecognition', entities });
      return { ...wish, id };
    },
    async answer(check: Check, wish: AnswerWish): Promise<Decision> {
      const decision = { person: check.person, id: freshNumber(), institution: check.institution };
      await app()
        .db.insert(recognitionDecisions)
        .values({
          ...decision,
          check: check.id,
          item: wish.item,
          client: 'client',
          practitioner: doctor(wish.doctor ?? check.doctor),
          decision: wish.reason === undefined ? 'recognised' : 'not-recognised',
          reasonList: wish.reason === undefined ? null : 'national-2022',
          reason: wish.reason ?? null,
          countsAsDenial: wish.reason !== undefined && wish.countsAsDenial !== false,
          sourceInstitution: check.items.find((it) => it.item === wish.item)?.source ?? 0,
          report: 'DiagnosticReport/x',
          reportVersion: 1,
          decidedAt: wish.at,
        });
      const entities = [`RecognitionDecision/${encodeId(decision)}`];
      await log({ ...check, at: wish.at, who: wish.doctor }, { action: 'C', interaction: 'decide', entities });
      return decision;
    },
    async revoke(decision: Decision, at: Date): Promise<void> {
      const { person, id } = decision;
      await app().db.insert(decisionRevocations).values({ person, decision: id, practitioner: doctor(), reason: '误操作', revokedAt: at });
      await log(
        { ...decision, at },
        { action: 'U', interaction: 'revokeDecision', entities: [`RecognitionDecision/${encodeId(decision)}`] },
      );
    },
    /** A look-up that shows one report of each of these institutions. */
    async lookUp(wish: {
      institution: number;
      person: bigint;
      at: Date;
      item?: string;
      sources: readonly number[];
      doctor?: string;
    }): Promise<void> {
      const keys = wish.sources.map((institution) => ({ institution, key: { person: wish.person, id: freshNumber() } }));
      if (keys.length > 0) {
        await app()
          .db.insert(resources)
          .values(keys.map(({ institution, key }) => ({ ...key, type: 'DiagnosticReport', version: 1, institution, recordedAt: wish.at })));
      }
      const query = `GET /fhir/Patient/x/$prior-results${wish.item === undefined ? '?_count=5' : `?item=${wish.item}`}`;
      const entities = keys.map(({ key }) => `DiagnosticReport/${encodeId(key)}/_history/1`);
      await log({ ...wish, who: wish.doctor }, { action: 'E', interaction: 'priorResults', entities, query });
    },
  };
}
