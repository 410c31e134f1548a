import { ITEM_SYSTEM, type ItemsInForce, LOINC_SYSTEM, recallItems, recallItemsOfLoinc } from '../catalogue/items/find-items.ts';
import { recallLocalCodes } from '../catalogue/mappings/find-mappings.ts';
import type { Reader } from '../database/client.ts';
import type { References } from '../database/reference-memory.ts';

/** What was asked for, and what it stands for. */
export interface AskedItem {
  readonly asked: string;
  /** The item; what was asked for where it stands for several, or for none. */
  readonly code: string;
  /** Items that answer it together; `undefined` where it is a single one. */
  readonly members: readonly string[] | undefined;
}

export interface AskedItems {
  readonly catalogue: ItemsInForce;
  readonly asked: readonly AskedItem[];
}

/**
 * What each code of a question stands for in the edition in force: an item or a panel of it, by its code or by its LOINC code, or what the
 * caller's institution has mapped its local code to. A local code for several items is answered like a panel; one for nothing in the edition stands for itself, and nothing.
 *
 * `null` asks for every single item there is, without the panels. By what is remembered; two statements at most, whatever the number of
 * codes.
 */
export async function resolveItems(
  references: References,
  reader: Reader,
  institution: number,
  codes: readonly string[] | null,
  now: Date,
): Promise<AskedItems> {
  if (!codes) {
    const catalogue = await recallItems(references, reader, null, now);
    const single = [...catalogue.items.keys()].filter((it) => !catalogue.members.has(it)).sort();
    return { catalogue, asked: single.map((it) => ({ asked: it, code: it, members: undefined })) };
  }
  const local = new Map((await recallLocalCodes(references, reader, institution, codes)).map((it) => [it.asked, it.items]));
  const loincs = await recallItemsOfLoinc(references, reader, codes.flatMap(loincOf), now);
  const mapped = (asked: string): readonly string[] => [
    ...loincOf(asked).flatMap((it) => loincs.get(it) ?? []),
    ...(local.get(asked) ?? []),
  ];
  const wanted = [...new Set(codes.flatMap((it) => [plainCode(it), ...mapped(it)]))];
  const catalogue = await recallItems(references, reader, wanted, now);
  return { catalogue, asked: codes.map((it) => resolve(it, [...new Set(mapped(it))], catalogue)) };
}

function resolve(asked: string, mapped: readonly string[], { items, members }: ItemsInForce): AskedItem {
  const code = plainCode(asked);
  if (items.has(code)) return { asked, code, members: members.get(code) };
  const known = mapped.filter((it) => items.has(it));
  const [only, ...others] = known;
  if (only === undefined) return { asked, code: asked, members: undefined };
  return others.length === 0 ? { asked, code: only, members: members.get(only) } : { asked, code: asked, members: known };
}

/** An item code with the code system of the catalogue is that code. */
function plainCode(asked: string): string {
  return asked.startsWith(`${ITEM_SYSTEM}|`) ? asked.slice(ITEM_SYSTEM.length + 1) : asked;
}

/** The LOINC code, where it is one. */
function loincOf(asked: string): readonly string[] {
  return asked.startsWith(`${LOINC_SYSTEM}|`) ? [asked.slice(LOINC_SYSTEM.length + 1)] : [];
}
