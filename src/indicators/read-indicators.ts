import { recordAccess } from '../access-log/record-access.ts';
import { findOtherReasons } from '../catalogue/reasons/find-reasons.ts';
import type { Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { findDistricts } from '../institutions/find-districts.ts';
import { findInstitutions, type Institution } from '../institutions/find-institution.ts';
import type { Caller } from '../security/caller.ts';
import { isAnyDue } from './day.queries.ts';
import { DEFINITIONS_VERSION, QUICK_MS } from './definitions.rules.ts';
import type { Dimension } from './dimensions.rules.ts';
import { type Group, type ItemTimeFilter, sumItemTimes } from './figures.queries.ts';
import type { IndicatorGroup, Indicators } from './indicators.schema.ts';
import { narrowedTo } from './narrow-filter.rules.ts';
import { type Counts, concentrationOf, type Figures, ratesOf, share } from './rates.rules.ts';
import { type IndicatorFilterTexts, mayOpenRows, readIndicatorFilter } from './read-indicator-filter.ts';

const GROUPS_MAX = 10_000;

/**
 * The indicators of a period, in total and by the dimensions asked for, with the formulas of `definitions.rules.ts`. Each group names the rows
 * it is made of.
 *
 * Throws `parameter-invalid` where there would be more groups than an answer holds. Eight statements at most, whatever the region.
 */
export async function readIndicators(
  tx: Transaction,
  caller: Caller,
  texts: IndicatorFilterTexts,
  by: readonly Dimension[],
  now: Date,
): Promise<Indicators> {
  const filter = await readIndicatorFilter(tx, caller, texts, by);
  const districts = by.includes('district') ? await findDistricts(tx) : new Map<number, string>();
  const { total, groups } = await sumItemTimes(tx, filter, by, districts, QUICK_MS, GROUPS_MAX);
  if (groups.length > GROUPS_MAX) throw tooManyGroups();
  const others = await findOtherReasons(tx);
  const numbers = groups.flatMap(({ key }) => (key.institution === undefined ? [] : [Number(key.institution)]));
  const institutions = await findInstitutions(tx, [...new Set(numbers)]);
  const isDue = await isAnyDue(tx, filter);

  const query = new URLSearchParams({ ...texts, by: by.join(',') }).toString();
  await recordAccess(tx, caller, [{ person: 0n, action: 'E', interaction: 'readIndicators', entities: [], query }], now);
  const show = (figures: Figures) => showFigures(figures, others);
  return {
    definitions: DEFINITIONS_VERSION,
    side: filter.side,
    isCurrent: !isDue,
    total: show(total),
    groups: groups.map((it) => ({ ...showKey(it, institutions), ...show(it), ...linksOf(it, filter, texts, institutions, caller) })),
  };
}

function showFigures({ itemTimes, personTimes, reasons, decisions, ...took }: Figures, others: ReadonlySet<string>) {
  return {
    itemTimes: showCounts(itemTimes),
    personTimes: showCounts(personTimes),
    reasons: concentrationOf(reasons, others),
    timeToDecide: {
      decisions,
      medianSeconds: seconds(took.medianMs),
      p90Seconds: seconds(took.p90Ms),
      quickShare: share(took.quick, decisions),
      quickRefusalShare: share(took.quickRefused, itemTimes.refused),
    },
  };
}

function showCounts(counts: Counts) {
  return { ...counts, ...ratesOf(counts) };
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1_000;
}

function showKey(
  { key, doctorName }: Group,
  institutions: ReadonlyMap<number, Institution>,
): Omit<IndicatorGroup, keyof ReturnType<typeof showFigures>> {
  const { institution, doctor, ...plain } = key;
  const known = institution === undefined ? undefined : institutions.get(Number(institution));
  return {
    ...(institution === undefined ? {} : { institution: { uscc: known?.uscc ?? '', name: known?.name ?? '' } }),
    ...plain,
    ...(doctor === undefined ? {} : { doctor: { identifier: doctor, name: doctorName ?? '' } }),
  };
}

/** Where the figures of a group can be opened by this caller: its rows, and the decisions where the list of them can be narrowed to it. */
function linksOf(
  { key }: Group,
  filter: ItemTimeFilter,
  texts: IndicatorFilterTexts,
  institutions: ReadonlyMap<number, Institution>,
  caller: Caller,
): Pick<IndicatorGroup, 'rows' | 'decisions'> {
  const { institution, ...plain } = key;
  const uscc = institution === undefined ? undefined : institutions.get(Number(institution))?.uscc;
  const narrowed = narrowedTo(texts, { ...plain, ...(institution === undefined ? {} : { institution: uscc ?? '' }) });
  if (!narrowed) return {};
  const own = institution === undefined ? filter.institutions : [Number(institution)];
  const isOwn = own?.length === 1 && own[0] === caller.institution;
  const { item, from, to, ...others } = narrowed;
  const { side: _side, institution: _institution, district: _district, ...unsaid } = others;
  const role = filter.side === 'source' ? { role: 'source' } : {};
  const decisions = {
    ...role,
    ...(item === undefined ? {} : { item }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  return {
    ...(mayOpenRows(caller, { side: filter.side, institutions: own })
      ? { rows: `/v1/indicators/item-times?${new URLSearchParams(narrowed)}` }
      : {}),
    ...(isOwn && Object.keys(unsaid).length === 0 ? { decisions: `/v1/recognition-decisions?${new URLSearchParams(decisions)}` } : {}),
  };
}

function tooManyGroups(): Failure {
  return new Failure('parameter-invalid', {
    path: 'by',
    en: `These dimensions make more than ${GROUPS_MAX} groups. Ask for fewer dimensions or a shorter period.`,
    zh: `按这些维度分组超过 ${GROUPS_MAX} 组，请减少维度或缩短期间`,
  });
}
