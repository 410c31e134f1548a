import { type Static, Type } from 'typebox';

const Institution = Type.Object({ uscc: Type.String({ examples: ['11500000MB1670604W'] }), name: Type.String() });

const figures = {
  savings: Type.Integer({ description: 'Examinations that were not repeated.' }),
  reversals: Type.Integer({ description: 'How many of the recognitions were taken back.' }),
  items: Type.Integer({ description: 'What still stands: savings less reversals.' }),
  unpriced: Type.Integer({ description: 'How many of these have no configured price; they add nothing to the amount.' }),
  amountFen: Type.Integer({ description: 'Chinese fen, reversals taken off.', examples: [20_000] }),
};

export const GroupShown = Type.Object({
  institution: Type.Optional(Institution),
  item: Type.Optional(Type.String()),
  month: Type.Optional(Type.String({ examples: ['2026-03'] })),
  district: Type.Optional(Type.String()),
  source: Type.Optional(Institution),
  ...figures,
  entries: Type.String({ description: 'Address of the entries it is the sum of.' }),
});

export const Summary = Type.Object({ total: Type.Object(figures), groups: Type.Array(GroupShown) });

export const EntryShown = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['saving', 'reversal']),
  decision: Type.String(),
  check: Type.String(),
  item: Type.String({ examples: ['CT-CHEST-PLAIN'] }),
  members: Type.Optional(Type.Array(Type.String(), { description: 'Of a panel: the items that it stands for.' })),
  institution: Type.Object(Institution.properties, { description: 'The receiving institution, where the examination was not repeated.' }),
  district: Type.String(),
  source: Type.Object(Institution.properties, { description: 'The institution whose result was recognised.' }),
  report: Type.String({ description: 'The DiagnosticReport that was recognised.' }),
  reportVersion: Type.Integer(),
  encounter: Type.Optional(Type.String()),
  amountFen: Type.Integer({
    description: 'Positive for a saving, negative for a reversal. Of a panel the price less what the visit had saved of its members.',
  }),
  priced: Type.Boolean(),
  price: Type.Union([Type.String(), Type.Null()], { description: 'Whose price, in which version.', examples: ['institution:7 v3'] }),
  postedAt: Type.String({ format: 'date-time' }),
});

export type GroupShown = Static<typeof GroupShown>;
export type Summary = Static<typeof Summary>;
export type EntryShown = Static<typeof EntryShown>;
