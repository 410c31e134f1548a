import type { Reader } from '../database/client.ts';
import { encodeId, type ResourceKey } from '../resources/resource-id.ts';
import type { Practitioner } from '../security/caller.ts';
import { type AnswerRow, findAnswerRows, findCheckRows, findScopeRows } from './answer.queries.ts';
import type { ItemAnswer } from './check.schema.ts';

/** A decision as it bears on one item: on the item itself, or on a panel that the check answered with it. */
export interface AnswerToItem {
  /** Logical ids. */
  readonly decision: string;
  readonly check: string;
  readonly key: ResourceKey;
  /** The item it was made on: the item itself, or a panel. */
  readonly decidedOn: string;
  readonly kind: 'recognised' | 'not-recognised';
  readonly reasonList: string | null;
  readonly reason: string | null;
  readonly report: string;
  readonly reportVersion: number;
  readonly practitioner: Practitioner;
  readonly encounter: string | null;
  readonly checkedAt: Date;
  readonly decidedAt: Date;
  readonly isRevoked: boolean;
  /** The last moment at which the result that was shown of the item may be recognised; `undefined` where its time is not known. */
  readonly validUntil: Date | undefined;
}

/** A check in which an item was asked about, by itself or within a panel. */
export interface AskedCheck {
  readonly check: string;
  readonly checkedAt: Date;
  readonly encounter: string | null;
  readonly practitioner: Practitioner;
  readonly verdict: ItemAnswer['verdict'];
  /** Reports that it showed of the item: `DiagnosticReport/…/_history/1`. */
  readonly shown: readonly string[];
  /** Whether a card of order entry showed it. */
  readonly isReminded: boolean;
}

/** What an institution asked about a human being, and what it answered. */
export interface Answers {
  answersTo(item: string): readonly AnswerToItem[];
  checksOf(item: string): readonly AskedCheck[];
}

/**
 * What an institution was shown and decided about a human being (all keys of whom are given) by checks up to a moment; decisions that were taken
 * back are among them and say so. Of checks the newest fifty, of decisions the newest five hundred. Two statements.
 */
export async function findAnswers(reader: Reader, persons: readonly bigint[], institution: number, until: Date): Promise<Answers> {
  const decisions = await findAnswerRows(reader, persons, institution, until);
  const checks = await findCheckRows(reader, persons, institution, until);
  return {
    answersTo: (item) => decisions.flatMap((row) => answerTo(row, item)),
    checksOf: (item) =>
      checks.flatMap(({ person, id, items, reminded, ...row }) => {
        const asked = items.find((it) => it.item === item) ?? items.find((it) => partOf(it, item));
        const part = asked && (partOf(asked, item) ?? asked);
        if (!asked || !part) return [];
        const { candidate } = part;
        return {
          ...row,
          check: encodeId({ person: BigInt(person), id: BigInt(id) }),
          verdict: part.verdict,
          shown: candidate ? [`${candidate.report}/_history/${candidate.reportVersion}`] : [],
          isReminded: reminded.includes(asked.item),
        };
      }),
  };
}

function answerTo({ person, check, id, item: decidedOn, shown, ...row }: AnswerRow, item: string): readonly AnswerToItem[] {
  const part = decidedOn === item ? shown : shown && partOf(shown, item);
  if (decidedOn !== item && !part) return [];
  const key = { person: BigInt(person), id: BigInt(id) };
  const validUntil = part?.candidate?.validUntil ?? shown?.candidate?.validUntil;
  return [
    {
      ...row,
      key,
      decision: encodeId(key),
      check: encodeId({ person: key.person, id: BigInt(check) }),
      decidedOn,
      validUntil: validUntil === undefined ? undefined : new Date(validUntil),
    },
  ];
}

function partOf({ members }: ItemAnswer, item: string) {
  return members?.find((it) => it.item === item);
}

/** What decisions were about. */
export interface DecisionScope {
  readonly person: bigint;
  readonly institution: number;
  /** The items decided on, with the members of panels. */
  readonly items: readonly string[];
  readonly kind: 'recognised' | 'not-recognised';
  readonly encounter: string | null;
  readonly checkedAt: Date;
  /** The last moment at which any result that was shown of the items may be recognised; `undefined` where none is known. */
  readonly validUntil: Date | undefined;
}

/** What these decisions were about: whose, where, which items, when the check was made and how long its results held. One statement, none for no decision. */
export async function findDecisionScopes(reader: Reader, decisions: readonly ResourceKey[]): Promise<readonly DecisionScope[]> {
  if (decisions.length === 0) return [];
  const rows = await findScopeRows(reader, decisions);
  return rows.map(({ person, item, shown, ...row }) => ({
    ...row,
    person: BigInt(person),
    items: [item, ...(shown?.members?.map((it) => it.item) ?? [])],
    validUntil: lastOf([shown, ...(shown?.members ?? [])].flatMap((it) => it?.candidate?.validUntil ?? [])),
  }));
}

function lastOf(moments: readonly string[]): Date | undefined {
  return moments.length === 0 ? undefined : new Date(Math.max(...moments.map((it) => Date.parse(it))));
}
