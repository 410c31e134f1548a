import { beijingDay, readMoment } from '../../beijing-time.ts';
import { findReasons } from '../../catalogue/reasons/find-reasons.ts';
import type { Transaction } from '../../database/client.ts';
import type { Identifier } from '../../fhir/element.ts';
import type { PersonClaim } from '../../persons/find-disagreements.ts';
import { keysOfPerson } from '../../persons/find-persons.ts';
import { decodeId, freshNumber, type ResourceKey } from '../../resources/resource-id.ts';
import type { Caller, Practitioner } from '../../security/caller.ts';
import { checkRecognition, type Question } from '../check-recognition.ts';
import { type CardManner, hintCard, type ItemisedOrder, isRecognisable, orderCard, rankReminders } from './card.rules.ts';
import { cardNumberFrom } from './card-id.rules.ts';
import { type CardRow, findAnswered, findReminders, insertReminders, type Visit } from './cds-card.queries.ts';
import type { Card } from './cds-hooks.schema.ts';
import type { HookCall } from './hook-call.rules.ts';
import { leaveUncoveredOut, planReminders, reportOf, standingReminders } from './reminder.rules.ts';

/** Cards of one answer; what is left over comes with the next call, once these are answered. */
const CARDS_MAX = 10;

/** What a call is about, once it is known who and what is meant. */
export interface Occasion {
  readonly call: HookCall;
  /** With name and birth date as the calling system has them. */
  readonly patient: { readonly identifier: Identifier } & PersonClaim;
  readonly practitioner: Practitioner;
  readonly setting: Question['setting'];
  readonly manner: Pick<CardManner, 'language' | 'publicUrl'>;
}

/**
 * When a patient is opened: one card with everything that may be recognised and was not decided in this visit, or none.
 *
 * It is the check of `/v1/recognition-checks`, with the same consent, log and evidence; without consent there is no card, whoever the patient
 * is, so that its absence says nothing either. Two statements more than a check.
 */
export async function hintAtResults(tx: Transaction, caller: Caller, occasion: Occasion, now: Date): Promise<readonly Card[]> {
  const { answer, recognisable, key } = await check(tx, caller, occasion, undefined, now);
  if (recognisable.length === 0) return [];
  const visit = await visitOf(tx, caller, occasion, key, now);
  const answered = await findAnswered(
    tx,
    visit,
    answer.items.map((it) => it.item),
  );
  const card = hintCard(
    recognisable.filter((it) => !answered.get(it.item)?.stands),
    occasion.manner,
  );
  return card ? [card] : [];
}

/**
 * When orders are selected or signed: one card for each draft order that prior results may stand in for, ranked, at most ten. An order of
 * which anything has to be examined, or was decided to be, gets none: it is carried out anyway.
 *
 * The same result of an item is brought to the mind of a clinician once a visit: where it was shown before and not answered it is the same
 * card again, where the item was decided, by whomever, there is none. Another clinician gets a card of their own, to decide in their own
 * name. Statements beside those of a check, whatever the number of orders: the person's keys, decisions, reminders (read, insert, read), the
 * reasons of the region's list, as the check names it.
 */
export async function remindOfResults(
  tx: Transaction,
  caller: Caller,
  occasion: Occasion,
  orders: readonly ItemisedOrder[],
  now: Date,
): Promise<readonly Card[]> {
  const items = [...new Set(orders.flatMap((it) => it.items))];
  const { answer, recognisable, key } = await check(tx, caller, occasion, items, now);
  if (recognisable.length === 0) return [];
  const visit = await visitOf(tx, caller, occasion, key, now);
  const answered = await findAnswered(tx, visit, items);
  const open = recognisable.filter((it) => !answered.get(it.item)?.stands);
  const recognised = new Set(items.filter((it) => answered.get(it)?.isRecognised));
  const offer = leaveUncoveredOut({ open, recognised, orders });
  if (offer.orders.length === 0) return [];

  const roundOf = (item: string): number => answered.get(item)?.revoked ?? 0;
  const planned = rankReminders(planReminders(offer, key.person, () => cardNumberFrom(freshNumber()))).slice(0, CARDS_MAX);
  const rows = planned.flatMap(({ key: { number }, items: own, orders: [first] }) =>
    own.map((it) => ({
      person: key.person,
      institution: caller.institution,
      visit: visitName(occasion, now),
      item: it.item,
      round: roundOf(it.item),
      report: reportOf(it),
      clinician: `${occasion.practitioner.system}|${occasion.practitioner.value}`,
      number,
      check: key.id,
      client: caller.client,
      practitioner: occasion.practitioner,
      hook: occasion.call.hook as 'order-select' | 'order-sign',
      hookInstance: occasion.call.hookInstance,
      encounter: occasion.call.encounterId ?? null,
      order: first?.reference ?? null,
      shownAt: now,
    })),
  );
  const standing = await keepReminders(tx, visit.persons, rows);

  const { reasonList } = answer;
  const manner = { ...occasion.manner, reasonList, reasons: await findReasons(tx, reasonList) };
  return rankReminders(standingReminders(offer, standing))
    .slice(0, CARDS_MAX)
    .map((it) => orderCard(it, occasion.call.hook, manner));
}

async function check(tx: Transaction, caller: Caller, occasion: Occasion, items: readonly string[] | undefined, now: Date) {
  const { call, patient, practitioner, setting } = occasion;
  const question: Question = {
    patient,
    ...(call.encounterId === undefined ? {} : { encounter: call.encounterId }),
    setting,
    trigger: items ? 'order-entry' : 'patient-opened',
    ...(items ? { items: [...items] } : {}),
  };
  const answer = await checkRecognition(tx, caller, practitioner, question, now);
  return { answer, recognisable: answer.items.filter(isRecognisable), key: decodeId(answer.id) as ResourceKey };
}

async function visitOf(tx: Transaction, caller: Caller, { call }: Occasion, { person }: ResourceKey, now: Date): Promise<Visit> {
  return {
    persons: await keysOfPerson(tx, person),
    institution: caller.institution,
    encounter: call.encounterId,
    dayBegan: readMoment(beijingDay(now)) as Date,
  };
}

function visitName({ call: { encounterId } }: Occasion, now: Date): string {
  return encounterId === undefined ? `day:${beijingDay(now)}` : `encounter:${encounterId}`;
}

/** Writes down what is new of these reminders; answers with all of them as they stand. */
async function keepReminders(
  tx: Transaction,
  persons: readonly bigint[],
  rows: readonly Parameters<typeof insertReminders>[1][number][],
): Promise<readonly CardRow[]> {
  const [first] = rows;
  if (!first) return [];
  const items = rows.map((it) => it.item);
  const find = () => findReminders(tx, persons, first, items);
  const isSame = (a: Pick<CardRow, 'item' | 'round' | 'report'>, b: Pick<CardRow, 'item' | 'round' | 'report'>): boolean =>
    a.item === b.item && a.round === b.round && a.report === b.report;
  const before = await find();
  const fresh = rows.filter((row) => !before.some((it) => isSame(it, row)));
  if (fresh.length > 0) await insertReminders(tx, fresh);
  const standing = fresh.length > 0 ? await find() : before;
  return standing.filter((it) => rows.some((row) => isSame(it, row)));
}
