import { type Static, Type } from 'typebox';
import { DIMENSIONS } from './dimensions.rules.ts';

const Institution = Type.Object({ uscc: Type.String({ examples: ['11500000MB1670604W'] }), name: Type.String() });
const Count = Type.Integer({ minimum: 0 });
const Share = (description: string) =>
  Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()], { description, examples: [0.8333] });

const Counted = Type.Object({
  lookUps: Count,
  reminders: Count,
  eligible: Count,
  recognised: Count,
  eligibleRecognised: Count,
  refused: Count,
  excepted: Count,
  unanswered: Count,
  ofReminders: Share('同期互认率: recognised / reminders. `null` where there were none.'),
  ofLookUps: Share('调阅互认率: recognised / look-ups.'),
  ofEligible: Share('互认率: recognised of the eligible / eligible.'),
  examinations: Type.Optional(Count),
  repeats: Type.Optional(Count),
  ofExaminations: Type.Optional(Share('重复检查率: repeats / examinations. Absent where departments, doctors or reasons are asked for.')),
});

const figures = {
  itemTimes: Type.Object(Counted.properties, { description: '项次: one item in one visit.' }),
  personTimes: Type.Object(Counted.properties, {
    description:
      '人次: one visit. Of a group: visits with at least one such item-time in it, so that groups may add up to more than the total.',
  }),
  reasons: Type.Object(
    {
      refusals: Count,
      mostUsed: Type.Union([Type.String(), Type.Null()], { description: 'List and code.', examples: ['national-2022:6'] }),
      mostUsedShare: Share('Of the refused item-times.'),
      otherShare: Share('For a reason of the kind "other".'),
      herfindahl: Share('Sum of the squared shares; 1: all for one reason.'),
    },
    { description: '理由集中度.' },
  ),
  timeToDecide: Type.Object(
    {
      decisions: Type.Integer({ minimum: 0, description: 'Answers that stand.' }),
      medianSeconds: Type.Union([Type.Number(), Type.Null()]),
      p90Seconds: Type.Union([Type.Number(), Type.Null()]),
      quickShare: Share('Given in less than 5 seconds.'),
      quickRefusalShare: Share('Of the refusals: given in less than 5 seconds.'),
    },
    { description: '决定用时: from the check to the answer that stands.' },
  ),
};

/** What a group that is published may be of. */
export const PublishedKey = {
  institution: Type.Optional(Institution),
  month: Type.Optional(Type.String({ examples: ['2026-03'] })),
  district: Type.Optional(Type.String()),
  item: Type.Optional(Type.String({ description: 'Empty: a look-up for whatever there is.' })),
};

export const IndicatorGroup = Type.Object({
  ...PublishedKey,
  day: Type.Optional(Type.String({ examples: ['2026-03-01'] })),
  department: Type.Optional(Type.String({ description: 'Empty: the calling system named none.' })),
  doctor: Type.Optional(Type.Object({ identifier: Type.String({ description: '`system|value`.' }), name: Type.String() })),
  reason: Type.Optional(Type.String({ description: 'List and code; empty: without one.' })),
  ...figures,
  rows: Type.Optional(Type.String({ description: 'Address of the item-times it is made of.' })),
  decisions: Type.Optional(Type.String({ description: 'Address of the decisions, or the uses of own results, of the group.' })),
});

export const Indicators = Type.Object({
  definitions: Type.String({
    description: 'Version of the definitions (`/v1/indicators/definitions`).',
    examples: ['tongjian-indicators-1'],
  }),
  side: Type.Enum(['receiving', 'source']),
  isCurrent: Type.Boolean({
    description:
      'false: something of the period is still to be counted; figures are a minute or two behind as a rule, longer where very much happens.',
  }),
  total: Type.Object(figures),
  groups: Type.Array(IndicatorGroup),
});

export const BY = Type.Optional(
  Type.String({ maxLength: 100, description: `Any of ${DIMENSIONS.join(', ')}, with commas.`, examples: ['institution,month'] }),
);

export const ItemTimeShown = Type.Object({
  institution: Type.Object(Institution.properties, { description: 'Where the patient was.' }),
  day: Type.String({ examples: ['2026-03-01'] }),
  visit: Type.Integer({ description: 'A number within the day; whose visit it is cannot be told from it.' }),
  item: Type.String(),
  source: Type.Object(Institution.properties, { description: 'Whose result it is.' }),
  isMain: Type.Boolean({
    description: 'false: a further institution whose results of the item were looked at; the receiving side does not count it.',
  }),
  department: Type.String(),
  doctor: Type.Object({ identifier: Type.String(), name: Type.String() }),
  isReminded: Type.Boolean(),
  isEligible: Type.Boolean(),
  outcome: Type.Optional(Type.Enum(['recognised', 'refused', 'excepted'])),
  reason: Type.Optional(Type.String()),
  decidedSeconds: Type.Optional(Type.Number()),
});

export type ItemTimeShown = Static<typeof ItemTimeShown>;
export type IndicatorGroup = Static<typeof IndicatorGroup>;
export type Indicators = Static<typeof Indicators>;
