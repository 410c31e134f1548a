import type { CheckAnswer } from '../check.schema.ts';
import type { ItemisedOrder, Recognisable, Reminder } from './card.rules.ts';
import type { CardKey } from './card-id.rules.ts';

/** What of a draft order may be recognised and was not decided yet, beside the answer to all of it. */
export interface Offer {
  readonly open: readonly Recognisable[];
  readonly orders: readonly ItemisedOrder[];
  readonly answer: CheckAnswer;
}

/** A reminder of an item as it is written down. */
export interface Reminded extends CardKey {
  readonly item: string;
  /** Versioned. */
  readonly report: string;
}

/** A reminder for each draft order, of the items that no order before it has; two orders of the same are one reminder. */
export function planReminders(offer: Offer, person: bigint, nextNumber: () => bigint): readonly Reminder[] {
  const left = new Map(offer.open.map((it) => [it.item, it]));
  return offer.orders.flatMap((order) => {
    const items = order.items.flatMap((it) => left.get(it) ?? []);
    for (const it of items) left.delete(it.item);
    return items.length === 0 ? [] : [reminderOf({ person, number: nextNumber() }, items, offer)];
  });
}

/** The reminders as they are written down, by this call or by one before it; what was shown with another result is not among them. */
export function standingReminders(offer: Offer, standing: readonly Reminded[]): readonly Reminder[] {
  const cards = new Map<string, { key: CardKey; items: Recognisable[] }>();
  for (const { person, number, item, report } of standing) {
    const shown = offer.open.find((it) => it.item === item && reportOf(it) === report);
    if (!shown) continue;
    const name = `${person} ${number}`;
    const card = cards.get(name) ?? { key: { person, number }, items: [] };
    card.items.push(shown);
    cards.set(name, card);
  }
  return [...cards.values()].map(({ key, items }) => reminderOf(key, items, offer));
}

/** The report version that is shown for an item: `DiagnosticReport/…/_history/1`. */
export function reportOf({ candidate }: Recognisable): string {
  return `${candidate.report}/_history/${candidate.reportVersion}`;
}

function reminderOf(key: CardKey, items: readonly Recognisable[], { orders, answer }: Offer): Reminder {
  const covered = new Set(items.map((it) => it.item));
  const touched = orders.filter((order) => order.items.some((it) => covered.has(it)));
  const others = new Set(touched.flatMap((order) => order.items.filter((it) => !covered.has(it))));
  const missing = answer.items
    .filter((it) => others.has(it.item) && it.verdict !== 'recognisable')
    .map(({ item, nameZh, nameEn }) => ({ nameZh: nameZh ?? item, nameEn: nameEn ?? item }));
  return { key, items, orders: touched, isWhole: others.size === 0, missing };
}
