import { recordAccess } from '../access-log/record-access.ts';
import type { Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { findInstitutions, type Institution } from '../institutions/find-institution.ts';
import type { Caller } from '../security/caller.ts';
import { type FilterTexts, readFilter } from './read-filter.ts';
import { type Dimension, type Sums, sumEntries } from './statement.queries.ts';

const GROUPS_MAX = 10_000;

/** Sums of savings with the names of the institutions in them. */
export interface Statement extends Sums {
  readonly institutions: ReadonlyMap<number, Institution>;
}

/** What is to be summed, how, and by which door. */
export interface StatementQuestion {
  readonly texts: FilterTexts;
  readonly by: readonly (readonly Dimension[])[];
  /** Whether persons are counted. */
  readonly persons?: boolean;
  /** operationId of the door, and what it was asked beside the filter, for the access log. */
  readonly interaction: string;
  readonly asked: Readonly<Record<string, string>>;
}

/**
 * The savings of a period, in total and broken down, out of those the caller may see: the one calculation behind summary, published report and
 * MeasureReport. Logged.
 *
 * Throws `parameter-invalid` where there would be more groups than an answer holds. Four statements.
 */
export async function summariseSavings(tx: Transaction, caller: Caller, question: StatementQuestion, now: Date): Promise<Statement> {
  const { texts, by, persons = false, interaction, asked } = question;
  const filter = await readFilter(tx, caller, texts);
  const sums = await sumEntries(tx, filter, { by, groupsMax: GROUPS_MAX + 1, persons });
  const groups = sums.groups.flat();
  if (groups.length > GROUPS_MAX) throw tooManyGroups();
  const institutions = await findInstitutions(tx, [
    ...new Set(groups.flatMap(({ key }) => [key.institution, key.source].flatMap((it) => (it === undefined ? [] : [Number(it)])))),
  ]);

  const query = new URLSearchParams({ ...texts, ...asked }).toString();
  await recordAccess(tx, caller, [{ person: 0n, action: 'E', interaction, entities: [], query }], now);
  return { ...sums, institutions };
}

function tooManyGroups(): Failure {
  return new Failure('parameter-invalid', {
    path: 'by',
    en: `These dimensions make more than ${GROUPS_MAX} groups. Ask for fewer dimensions or a shorter period.`,
    zh: `按这些维度分组超过 ${GROUPS_MAX} 组，请减少维度或缩短期间`,
  });
}
