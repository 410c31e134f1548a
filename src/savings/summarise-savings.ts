import { recordAccess } from '../access-log/record-access.ts';
import type { Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { findInstitutions, type Institution } from '../institutions/find-institution.ts';
import type { Caller } from '../security/caller.ts';
import { type FilterTexts, readFilter } from './read-filter.ts';
import { type Dimension, type Figures, type Group, sumEntries } from './statement.queries.ts';
import type { GroupShown, Summary } from './statement.schema.ts';

const GROUPS_MAX = 10_000;

/**
 * The savings of a period, in total and by the dimensions asked for. Each group names the entries it is the sum of.
 *
 * Throws `parameter-invalid` where there would be more groups than an answer holds. Four statements.
 */
export async function summariseSavings(
  tx: Transaction,
  caller: Caller,
  texts: FilterTexts,
  by: readonly Dimension[],
  now: Date,
): Promise<Summary> {
  const filter = await readFilter(tx, caller, texts);
  const { total, groups } = await sumEntries(tx, filter, by, GROUPS_MAX + 1);
  if (groups.length > GROUPS_MAX) throw tooManyGroups();
  const institutions = await findInstitutions(tx, [
    ...new Set(groups.flatMap(({ key }) => [key.institution, key.source].flatMap(numberOf))),
  ]);

  const query = new URLSearchParams({ ...texts, by: by.join(',') }).toString();
  await recordAccess(tx, caller, [{ person: 0n, action: 'E', interaction: 'summariseSavings', entities: [], query }], now);
  return { total: showFigures(total), groups: groups.map((it) => showGroup(it, texts, institutions)) };
}

function numberOf(text: string | undefined): readonly number[] {
  return text === undefined ? [] : [Number(text)];
}

function showFigures({ savings, reversals, unpriced, amountFen }: Figures) {
  const amount = Number(amountFen);
  if (!Number.isSafeInteger(amount)) throw new Error('a sum of savings is beyond what a number can hold exactly');
  return { savings, reversals, items: savings - reversals, unpriced, amountFen: amount };
}

/** The filter of a group's entries is that of the request, narrowed to the group. */
function showGroup(group: Group, texts: FilterTexts, institutions: ReadonlyMap<number, Institution>): GroupShown {
  const { institution, source, ...plain } = group.key;
  const [receiver, issuer] = [institution, source].map((it) => (it === undefined ? undefined : institutions.get(Number(it))));
  const narrowed = {
    ...texts,
    ...plain,
    ...(receiver ? { institution: receiver.uscc } : {}),
    ...(issuer ? { source: issuer.uscc } : {}),
  };
  return {
    ...plain,
    ...(receiver ? { institution: { uscc: receiver.uscc, name: receiver.name } } : {}),
    ...(issuer ? { source: { uscc: issuer.uscc, name: issuer.name } } : {}),
    ...showFigures(group),
    entries: `/v1/savings/entries?${new URLSearchParams(narrowed).toString()}`,
  };
}

function tooManyGroups(): Failure {
  return new Failure('parameter-invalid', {
    path: 'by',
    en: `These dimensions make more than ${GROUPS_MAX} groups. Ask for fewer dimensions or a shorter period.`,
    zh: `按这些维度分组超过 ${GROUPS_MAX} 组，请减少维度或缩短期间`,
  });
}
