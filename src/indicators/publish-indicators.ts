import { type Static, Type } from 'typebox';
import type { Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import { LEAST } from '../savings/publish-savings.ts';
import { hiddenCells, isSmall } from '../savings/small-cells.rules.ts';
import type { Caller } from '../security/caller.ts';
import type { Dimension } from './dimensions.rules.ts';
import { type IndicatorGroup, type Indicators, PublishedKey } from './indicators.schema.ts';
import type { IndicatorFilterTexts } from './read-indicator-filter.ts';
import { readIndicators } from './read-indicators.ts';

/** Dimensions of a published table: rows and columns. People that work somewhere are none of them. */
export const PUBLISHED_DIMENSIONS: readonly Dimension[] = ['institution', 'month', 'district', 'item'];
const DIMENSIONS_MAX = 2;

const Rate = Type.Optional(Type.Union([Type.Number(), Type.Null()]));
const cell = {
  suppressed: Type.Boolean({
    description: 'true: too few reminders or person-times, or enough of another group’s figure could be computed by it.',
  }),
  reminders: Type.Optional(Type.Integer()),
  recognised: Type.Optional(Type.Integer()),
  ofReminders: Rate,
  ofEligible: Rate,
};

export const PublishedIndicators = Type.Object({
  definitions: Type.String({ description: 'Version of the definitions.' }),
  side: Type.Enum(['receiving', 'source']),
  rule: Type.Object({ least: Type.Integer(), en: Type.String(), zh: Type.String() }, { description: 'To be printed with the table.' }),
  suppressedGroups: Type.Integer(),
  total: Type.Object(cell),
  groups: Type.Array(Type.Object({ ...PublishedKey, ...cell })),
});

type Published = Static<typeof PublishedIndicators>;

const RULE = {
  least: LEAST,
  en: `Groups of fewer than ${LEAST} reminders or person-times are not shown by figure, nor are as many others as it takes that these cannot be computed from totals.`,
  zh: `提醒项次或人次少于 ${LEAST} 的分组不显示数值；为防止由合计推算，另有部分分组同时不显示。`,
};

/**
 * The indicators of whole months as they may be published: by item-times, for groups that are not small, by the rule of the savings
 * (`savings/small-cells.rules.ts`). Reasons and times to decide are left out: within a group they may be small again.
 *
 * Throws `parameter-invalid` for a period that does not begin and end with a month, for other dimensions, and for more than two.
 */
export async function publishIndicators(
  tx: Transaction,
  caller: Caller,
  texts: Pick<IndicatorFilterTexts, 'from' | 'to' | 'side'>,
  by: readonly Dimension[],
  now: Date,
): Promise<Published> {
  requireWholeMonths(texts);
  requirePublishable(by);
  const { definitions, side, total, groups } = await readIndicators(tx, caller, texts, by, now, 'publishIndicators');
  const hidden = hiddenCells(
    groups.map((it) => ({ ...sizeOf(it), key: by.map((name) => JSON.stringify(it[name] ?? '')) })),
    LEAST,
  );
  return {
    definitions,
    side,
    rule: RULE,
    suppressedGroups: hidden.size,
    total: showCell(total, isSmall(sizeOf(total), LEAST)),
    groups: groups.map((it, place) => ({ ...showPublishedKey(it), ...showCell(it, hidden.has(place)) })),
  };
}

function sizeOf({ itemTimes, personTimes }: Indicators['total']) {
  return { items: itemTimes.reminders, persons: personTimes.reminders };
}

function showCell({ itemTimes: { reminders, recognised, ofReminders, ofEligible } }: Indicators['total'], suppressed: boolean) {
  return suppressed ? { suppressed } : { suppressed, reminders, recognised, ofReminders, ofEligible };
}

function showPublishedKey({ institution, month, district, item }: IndicatorGroup) {
  return {
    ...(institution ? { institution } : {}),
    ...(month === undefined ? {} : { month }),
    ...(district === undefined ? {} : { district }),
    ...(item === undefined ? {} : { item }),
  };
}

function requirePublishable(by: readonly Dimension[]): void {
  if (by.length <= DIMENSIONS_MAX && by.every((it) => PUBLISHED_DIMENSIONS.includes(it))) return;
  throw new Failure('parameter-invalid', {
    path: 'by',
    en: `what is published is by two of ${PUBLISHED_DIMENSIONS.join(', ')} at most`,
    zh: `公布的数据至多按两个维度分组，可选：${PUBLISHED_DIMENSIONS.join('、')}`,
  });
}

function requireWholeMonths({ from, to }: Pick<IndicatorFilterTexts, 'from' | 'to'>): void {
  const part = Object.entries({ from, to }).find(([, day]) => day !== undefined && !day.endsWith('-01'));
  if (!part) return;
  throw new Failure('parameter-invalid', {
    path: part[0],
    en: 'what is published covers whole months: give the first day of a month',
    zh: '公布的数据以整月为单位：请给出某月的第一天',
  });
}
