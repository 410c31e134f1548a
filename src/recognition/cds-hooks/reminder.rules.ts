import type { ItemisedOrder, Recognisable, Reminder } from './card.rules.ts';
import type { CardKey } from './card-id.rules.ts';

/** Draft orders, and what of them is known in a visit. */
export interface Offer {
  /** Items that may be recognised and were not decided yet. */
  readonly open: readonly Recognisable[];
  /** Items that were recognised before. */
  readonly recognised: ReadonlySet<string>;
  readonly orders: readonly ItemisedOrder[];
}

/** A reminder of an item as it is written down. */
export interface Reminded extends CardKey {
  readonly item: string;
  /** Versioned. */
  readonly report: string;
}

/**
 * The offer with those draft orders alone that need not be carried out: every item is open or was recognised, and one at least is open. Any
 * other order is carried out as a whole whatever is decided, and its results are measured again, so that there is nothing to remind of.
 */
export function leaveUncoveredOut(offer: Offer): Offer {
  const open = new Set(offer.open.map((it) => it.item));
  const isCovered = ({ items }: ItemisedOrder): boolean =>
    items.some((it) => open.has(it)) && items.every((it) => open.has(it) || offer.recognised.has(it));
  return { ...offer, orders: offer.orders.filter(isCovered) };
}

/** A reminder for each draft order, the one of most items first, of the items that no order before it has; two orders of the same are one reminder. */
export function planReminders(offer: Offer, person: bigint, nextNumber: () => bigint): readonly Reminder[] {
  const left = new Map(offer.open.map((it) => [it.item, it]));
  return offer.orders
    .toSorted((a, b) => b.items.length - a.items.length)
    .flatMap((order) => {
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

function reminderOf(key: CardKey, items: readonly Recognisable[], { orders, recognised }: Offer): Reminder {
  const own = new Set(items.map((it) => it.item));
  const touched = orders.filter((order) => order.items.some((it) => own.has(it)));
  const covered = touched.filter((order) => order.items.every((it) => own.has(it) || recognised.has(it)));
  return { key, items, orders: touched, covered };
}
