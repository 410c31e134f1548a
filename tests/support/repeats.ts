import type { Answer, CallingSystem } from './gateway.ts';
import { type useGateway } from './gateway.ts';
import { check, permit, publish } from './recognition.ts';
import { type Person, type ReportWish, somebody, WBC } from './reports.ts';

/** Who follows leads up: not the clinician in whose name test callers ask. */
export const REVIEWER = { 'x-acting-practitioner': 'urn:oid:2.16.156.10011.1.4|Q-2002, %E8%B4%A8%E6%8E%A7' };
export const ANOTHER = { 'x-acting-practitioner': 'urn:oid:2.16.156.10011.1.4|Q-3003, %E5%8C%BB%E5%8A%A1' };

/** A hospital that published a white-cell count an hour ago, and one that the patient lets see it. */
export interface Scene {
  readonly source: CallingSystem;
  readonly receiver: CallingSystem;
  readonly reviewer: CallingSystem;
  readonly person: Person;
  readonly prior: string;
}

type Gateway = ReturnType<typeof useGateway>;

export async function scene(
  gateway: Gateway,
  { consents = true, more = {} }: { consents?: boolean; more?: Partial<ReportWish> } = {},
): Promise<Scene> {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const prior = await publish(source, { person, analytes: [WBC], ...more });
  if (consents) await permit(receiver, person);
  const reviewer = await gateway.clientOf(receiver.institution, receiver.uscc, ['leads.review']);
  return { source, receiver, reviewer, person, prior };
}

/** The receiving hospital examines the patient itself; now, unless said otherwise. */
export async function examine(
  { receiver, person }: Scene,
  wish: Omit<ReportWish, 'number' | 'person'> & { number?: string } = {},
): Promise<string> {
  return await publish(receiver, { person, analytes: [WBC], at: new Date(), ...wish });
}

export async function checked({ receiver, person }: Scene, more: Record<string, unknown> = {}, items = ['WBC']): Promise<string> {
  const { body } = await check(receiver, person, items, more);
  return body.id as string;
}

export const recognise = (receiver: CallingSystem, id: string, item = 'WBC'): Promise<Answer> =>
  receiver.post('/v1/recognition-decisions', { check: id, decisions: [{ item, decision: 'recognised' }] });

export const refuse = (receiver: CallingSystem, id: string, item = 'WBC'): Promise<Answer> =>
  receiver.post('/v1/recognition-decisions', { check: id, decisions: [{ item, decision: 'not-recognised', reason: '1' }] });

/** What stands of each examined item of a report. */
export async function findingsOf(
  gateway: Gateway,
  report: string,
): Promise<readonly { item: string; outcome: string; round: number; version: number }[]> {
  await gateway.app.rounds.runAll();
  const { rows } = await gateway.db.$client.query(
    `select distinct on (item) item, outcome, round, version from repeat_findings where person = $1 and report = $2 order by item, round desc`,
    [BigInt(`0x${report.slice(0, 16)}`), BigInt(`0x${report.slice(16)}`)],
  );
  return rows;
}

/** The outcome of the one item that was examined. */
export async function outcomeOf(gateway: Gateway, report: string): Promise<string | undefined> {
  const found = await findingsOf(gateway, report);
  if (found.length > 1) throw new Error(`several items: ${found.map((it) => it.item).join()}`);
  return found[0]?.outcome;
}

export async function leadsOf(reviewer: CallingSystem, query = ''): Promise<readonly Record<string, unknown>[]> {
  const answer = await reviewer.get(`/v1/leads${query}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body.leads;
}
